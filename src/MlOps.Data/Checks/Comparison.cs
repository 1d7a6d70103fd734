namespace MlOps.Data;

/// <summary>How one value of a row stands to another.</summary>
internal enum Comparison
{
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    Greater,
}
