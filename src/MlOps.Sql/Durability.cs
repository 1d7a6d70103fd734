namespace MlOps.Sql;

/// <summary>What a confirmed write survives.</summary>
internal enum Durability
{
    /// <summary>The death of the process and power loss.</summary>
    Full,

    /// <summary>The death of the process; after power loss the last moments may be missing, never half of a transaction.</summary>
    Process,
}
