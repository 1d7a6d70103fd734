namespace MlOps.Sql;

/// <summary>What becomes of a row whose key is in the table already, or twice among the rows.</summary>
internal enum SqlDuplicates
{
    /// <summary>The statement fails.</summary>
    Refused,

    /// <summary>The first row stays.</summary>
    Ignored,

    /// <summary>The last row stays.</summary>
    Replaced,
}
