using System.Text.Json;
using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Sql;

internal sealed class SqlDataVersionStore(SqlDatabase database) : IDataVersionStore
{
    private const string Select = "SELECT name, number, hash, created_at, row_count, message, files FROM data_versions";

    public async Task<DataVersion> AddAsync(DataVersion version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        return await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                if (sql.List(Select + " WHERE name = @0 AND hash = @1", Read, version.Name, version.Hash.Value) is [var existing])
                {
                    return existing;
                }

                var last = sql.Integer("SELECT max(number) FROM data_versions WHERE name = @0", version.Name);
                var added = version with { Number = 1 + (int)(last ?? 0) };
                sql.Execute(
                    """
                    INSERT INTO data_versions (name, number, hash, created_at, row_count, message, files)
                    VALUES (@0, @1, @2, @3, @4, @5, @6)
                    """,
                    added.Name,
                    added.Number,
                    added.Hash.Value,
                    added.CreatedAt.UtcTicks,
                    added.RowCount,
                    added.Message,
                    JsonSerializer.Serialize(added.Files, StoreJson.Default.IReadOnlyListStoredFile));
                return added;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<DataVersion?> FindAsync(string name, int? number = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                Select + " WHERE name = @0 AND (CAST(@1 AS BIGINT) IS NULL OR number = @1) ORDER BY number DESC LIMIT 1", Read, name, number).FirstOrDefault(),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<DataVersion>> ListAsync(string? name = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(Select + " WHERE CAST(@0 AS TEXT) IS NULL OR name = @0 ORDER BY id DESC", Read, name), cancellationToken).ConfigureAwait(false);

    private static DataVersion Read(SqlStatement row) => new()
    {
        Name = row.Text(0),
        Number = row.GetInt32(1),
        Hash = ContentHash.Parse(row.Text(2)),
        CreatedAt = row.Time(3),
        RowCount = row.IsNull(4) ? null : row.GetInt64(4),
        Message = row.TextOrNull(5),
        Files = JsonSerializer.Deserialize(row.Text(6), StoreJson.Default.IReadOnlyListStoredFile)!,
    };
}
