using System.Text.Json;
using MlOps.Monitoring;

namespace MlOps.Sql;

internal sealed class SqlMonitorStore(SqlDatabase database) : IMonitorStore
{
    public async Task SaveAsync(MonitoringWindow window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        await database.WriteAsync(
            Durability.Full,
            sql => sql.Execute(
                """
                INSERT INTO monitoring_windows (model, start_at, document) VALUES (@0, @1, @2)
                ON CONFLICT (model, start_at) DO UPDATE SET document = excluded.document
                """,
                window.Model,
                window.Start.UtcTicks,
                JsonSerializer.Serialize(window, StoreJson.Default.MonitoringWindow)),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<MonitoringWindow>> ListAsync(string model, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                "SELECT document FROM monitoring_windows WHERE model = @0 ORDER BY start_at",
                row => JsonSerializer.Deserialize(row.Text(0), StoreJson.Default.MonitoringWindow)!,
                model),
            cancellationToken).ConfigureAwait(false);
}
