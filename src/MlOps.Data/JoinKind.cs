namespace MlOps.Data;

/// <summary>What becomes of rows without a partner in the other data set.</summary>
public enum JoinKind
{
    /// <summary>They are left out.</summary>
    Inner,

    /// <summary>They stay, and miss the other's columns.</summary>
    Left,
}
