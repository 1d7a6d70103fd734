using System.Runtime.CompilerServices;
using System.Text.Json;
using MlOps.Monitoring;

namespace MlOps.Sql;

internal sealed class SqlPredictionLog(SqlDatabase database) : IPredictionLog
{
    private const int PageSize = 1000;

    private static readonly SqlInsert _predictions = new(
        "predictions",
        SqlDuplicates.Ignored,
        keyColumns: 3,
        new("model_id", SqlValueKind.Integer),
        new("event_at", SqlValueKind.Integer),
        new("id", SqlValueKind.Text),
        new("model_version", SqlValueKind.Integer),
        new("score", SqlValueKind.Real),
        new("latency", SqlValueKind.Integer),
        new("input_id", SqlValueKind.Integer),
        new("inputs", SqlValueKind.Bytes));

    public async Task AppendAsync(IReadOnlyList<PredictionRecord> predictions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Count > 0)
        {
            await database.WriteAsync(Durability.Process, sql => Append(sql, predictions), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<int> JoinOutcomesAsync(
        string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return await database.WriteAsync(
            Durability.Process,
            sql =>
            {
                if (sql.Integer("SELECT id FROM prediction_models WHERE name = @0", model) is not { } modelId)
                {
                    return 0;
                }

                var updates = sql.Each("UPDATE predictions SET outcome = @2, has_outcome = 1 WHERE model_id = @0 AND id = @1");
                foreach (var outcome in outcomes)
                {
                    updates.Add(modelId, outcome.PredictionId, outcome.Value);
                }

                return updates.Complete();
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LoggedPrediction>> ReadAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                """
                SELECT id, model_version, event_at, score, has_outcome, outcome FROM predictions
                WHERE model_id = (SELECT id FROM prediction_models WHERE name = @0) AND event_at >= @1 AND event_at < @2 ORDER BY event_at, id
                """,
                row => new LoggedPrediction(
                    row.Text(0), row.GetInt32(1), row.Time(2), row.Number(3), row.GetInt32(4) == 0 ? null : row.Number(5)),
                model,
                from.UtcTicks,
                to.UtcTicks),
            cancellationToken).ConfigureAwait(false);

    // By pages, so that a slow consumer holds no read transaction open and memory stays bounded.
    public async IAsyncEnumerable<PredictionRecord> ReadInputsAsync(
        string model, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var names = new Dictionary<long, IReadOnlyList<string>>();
        var (start, after) = (from.UtcTicks, (string?)null);
        while (true)
        {
            var page = await database.ReadAsync(
                sql => sql.List(
                    """
                    SELECT p.id, p.model_version, p.event_at, p.score, p.latency, p.inputs, p.input_id, i.names
                    FROM predictions p JOIN prediction_inputs i ON i.id = p.input_id
                    WHERE p.model_id = (SELECT id FROM prediction_models WHERE name = @0)
                        AND p.event_at >= @1 AND p.event_at < @2 AND (p.event_at > @1 OR CAST(@3 AS TEXT) IS NULL OR p.id > @3)
                    ORDER BY p.event_at, p.id LIMIT @4
                    """,
                    row => ReadRecord(row, model, names),
                    model,
                    start,
                    to.UtcTicks,
                    after,
                    PageSize),
                cancellationToken).ConfigureAwait(false);
            foreach (var prediction in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return prediction;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            (start, after) = (page[^1].Timestamp.UtcTicks, page[^1].Id);
        }
    }

    private static int Append(SqlSession sql, IReadOnlyList<PredictionRecord> predictions)
    {
        var rows = sql.Rows(_predictions);
        var (modelId, model) = ((long?)null, (string?)null);
        var (inputId, names) = ((long?)null, (IReadOnlyList<string>?)null);
        for (var i = 0; i < predictions.Count; i++)
        {
            var prediction = predictions[i];
            if (!string.Equals(model, prediction.Model, StringComparison.Ordinal))
            {
                model = prediction.Model;
                sql.Execute("INSERT INTO prediction_models (name) VALUES (@0) ON CONFLICT (name) DO NOTHING", model);
                modelId = sql.Integer("SELECT id FROM prediction_models WHERE name = @0", model);
            }

            if (!ReferenceEquals(names, prediction.InputNames))
            {
                names = prediction.InputNames;
                var text = JsonSerializer.Serialize(names, StoreJson.Default.IReadOnlyListString);
                sql.Execute("INSERT INTO prediction_inputs (names) VALUES (@0) ON CONFLICT DO NOTHING", text);
                inputId = sql.Integer("SELECT id FROM prediction_inputs WHERE names = @0", text);
            }

            rows.Add(
                modelId,
                prediction.Timestamp.UtcTicks,
                prediction.Id,
                prediction.ModelVersion,
                prediction.Score,
                prediction.Latency.Ticks,
                inputId,
                FeatureValues.Pack(prediction.Inputs));
        }

        rows.Complete();
        return predictions.Count;
    }

    private static PredictionRecord ReadRecord(SqlStatement row, string model, Dictionary<long, IReadOnlyList<string>> names)
    {
        var inputId = row.GetInt64(6);
        if (!names.TryGetValue(inputId, out var inputNames))
        {
            names[inputId] = inputNames = JsonSerializer.Deserialize(row.Text(7), StoreJson.Default.IReadOnlyListString)!;
        }

        return new PredictionRecord
        {
            Id = row.Text(0),
            Model = model,
            ModelVersion = row.GetInt32(1),
            Timestamp = row.Time(2),
            Score = row.Number(3),
            Latency = TimeSpan.FromTicks(row.GetInt64(4)),
            Inputs = FeatureValues.Unpack(row.GetBytes(5)),
            InputNames = inputNames,
        };
    }
}
