using Microsoft.Data.Sqlite;
using MlOps.Sql;

namespace MlOps.Sqlite;

/// <summary>LIKE minds the case by a setting of the connection; a function knows the lower case of all letters, SQLite's own that of ASCII.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public const string Settings = "PRAGMA case_sensitive_like=ON;";

    private const string Lower = "mlops_lower";

    public static void Prepare(SqliteConnection connection) =>
        connection.CreateFunction<string?, string?>(Lower, text => text?.ToLowerInvariant(), isDeterministic: true);

    public override string Like(string text, string pattern) => $"{text} LIKE {pattern}";

    public override string ILike(string text, string pattern) => $"{Lower}({text}) LIKE {pattern}";

    // SQLite 3.51 and later make a join of EXISTS, and then walk the index of values instead of the run's own rows: a hundred times slower.
    public override string Exists(string rows) => $"((SELECT count(*) {rows}) > 0)";

    public override string Ordinal(string text) => text;
}
