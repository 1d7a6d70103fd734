using System.Text.Json;
using MlOps.Registry;

namespace MlOps.Sql;

internal sealed class SqlModelStore(SqlDatabase database) : IModelStore, IAuditLog
{
    public async Task<ModelVersion> AddAsync(ModelVersion version, AuditEntry audit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(audit);
        return await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var last = sql.Integer("SELECT max(number) FROM model_versions WHERE name = @0", version.Name);
                var added = version with { Number = 1 + (int)(last ?? 0) };
                sql.Execute(
                    "INSERT INTO model_versions (name, number, document) VALUES (@0, @1, @2)",
                    added.Name,
                    added.Number,
                    JsonSerializer.Serialize(added, StoreJson.Default.ModelVersion));
                WriteAudit(sql, audit with { Version = added.Number });
                return added;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                "SELECT document FROM model_versions WHERE CAST(@0 AS TEXT) IS NULL OR name = @0 ORDER BY id DESC",
                row => JsonSerializer.Deserialize(row.Text(0), StoreJson.Default.ModelVersion)!,
                model),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                "SELECT model, alias, version, moved_at FROM model_aliases WHERE CAST(@0 AS TEXT) IS NULL OR model = @0 ORDER BY model, alias",
                row => new ModelAlias(row.Text(0), row.Text(1), row.GetInt32(2), row.Time(3)),
                model),
            cancellationToken).ConfigureAwait(false);

    public async Task<bool> MoveAliasAsync(
        ModelAlias alias, int? expectedVersion, AuditEntry audit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alias);
        ArgumentNullException.ThrowIfNull(audit);
        const string Insert =
            "INSERT INTO model_aliases (model, alias, version, moved_at) VALUES (@0, @1, @2, @3) ON CONFLICT (model, alias) DO NOTHING";
        const string Update = "UPDATE model_aliases SET version = @2, moved_at = @3 WHERE model = @0 AND alias = @1 AND version = @4";
        return await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var moved = expectedVersion is null
                    ? sql.Execute(Insert, alias.Model, alias.Alias, alias.Version, alias.MovedAt.UtcTicks)
                    : sql.Execute(Update, alias.Model, alias.Alias, alias.Version, alias.MovedAt.UtcTicks, expectedVersion);
                if (moved == 1)
                {
                    WriteAudit(sql, audit);
                }

                return moved == 1;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await database.WriteAsync(Durability.Full, sql => WriteAudit(sql, entry), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(string? model = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                "SELECT document FROM audit_entries WHERE CAST(@0 AS TEXT) IS NULL OR model = @0 ORDER BY id",
                row => JsonSerializer.Deserialize(row.Text(0), StoreJson.Default.AuditEntry)!,
                model),
            cancellationToken).ConfigureAwait(false);

    private static int WriteAudit(SqlSession sql, AuditEntry entry) =>
        sql.Execute(
            "INSERT INTO audit_entries (model, document) VALUES (@0, @1)",
            entry.Model,
            JsonSerializer.Serialize(entry, StoreJson.Default.AuditEntry));
}
