namespace MlOps.Data;

/// <summary>What a difference between two schemas means for data that passed the older one.</summary>
public enum SchemaChangeKind
{
    /// <summary>It still passes, and more may: a limit was widened or dropped.</summary>
    Compatible,

    /// <summary>It may fail now: a column was added, a type changed, or a limit was narrowed or added.</summary>
    Breaking,
}
