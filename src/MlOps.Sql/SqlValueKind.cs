namespace MlOps.Sql;

/// <summary>What a <see cref="SqlValue"/> holds.</summary>
internal enum SqlValueKind
{
    Null,
    Integer,
    Real,
    Text,
    Bytes,
}
