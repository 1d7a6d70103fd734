namespace MlOps.Reports;

/// <summary>How a value should be judged: shown by colour and by a mark, never by colour alone.</summary>
public enum ReportTone
{
    /// <summary>No judgement; drawn in the text colour, without a mark.</summary>
    Neutral,

    /// <summary>As wanted: a tick in HTML, <c>[ok]</c> in text.</summary>
    Good,

    /// <summary>Worth a look: <c>!</c> in HTML, <c>[!]</c> in text.</summary>
    Warning,

    /// <summary>Failed or harmful: a cross in HTML, <c>[!!]</c> in text.</summary>
    Bad,
}
