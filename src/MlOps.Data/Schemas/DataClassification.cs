namespace MlOps.Data;

/// <summary>How carefully the values of a column are to be handled.</summary>
public enum DataClassification
{
    /// <summary>Values may be shown. The default.</summary>
    Open,

    /// <summary>Values belong to persons: reports, examples and samples show <c>•••</c> in their place.</summary>
    Personal,
}
