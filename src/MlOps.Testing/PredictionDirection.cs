namespace MlOps.Testing;

/// <summary>Which way predictions should go under a change of the input.</summary>
public enum PredictionDirection
{
    /// <summary>Higher, or unchanged.</summary>
    Up,

    /// <summary>Lower, or unchanged.</summary>
    Down,
}
