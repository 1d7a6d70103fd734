using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>LIKE minds the case by itself; the lower case of all letters is that of Unicode's root collation.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public override string Like(string text, string pattern) => $"{text} LIKE {pattern} ESCAPE ''";

    public override string ILike(string text, string pattern) => $"lower({text} COLLATE \"und-x-icu\") LIKE {pattern} ESCAPE ''";

    public override string Exists(string rows) => $"EXISTS (SELECT 1 {rows})";

    public override string Ordinal(string text) => $"({text}) COLLATE \"C\"";
}
