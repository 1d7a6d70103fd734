namespace MlOps.Data.Generators;

/// <summary>What a column's cells hold, as the rules see them.</summary>
internal enum CellKind
{
    /// <summary>Fractional numbers, judged as double.</summary>
    Number,

    /// <summary>Whole numbers of at most 64 bits, judged as long.</summary>
    Whole,

    Boolean,

    Text,

    /// <summary>Times, judged as ticks of UTC in whole microseconds.</summary>
    Time,
}
