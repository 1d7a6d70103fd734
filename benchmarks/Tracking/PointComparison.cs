using Microsoft.Data.Sqlite;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>
/// Durable points a second and bytes a point, beside a plain prepared insert of one row a point into a database of its own.
/// </summary>
internal static class PointComparison
{
    private const int Points = 4_000_000;
    private const int Rows = 1_000_000;
    private const int RowsPerTransaction = 32_768;
    private const int Rounds = 5;

    public static async Task<int> RunAsync()
    {
        var events = Figures.LossCurve(Rows).ToArray();
        var rows = new List<double>();
        var one = new List<double>();
        var five = new List<double>();
        var store = new List<double>();
        double rowBytes = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var byRows = await InsertRowsAsync(events);
            var byRun = await LogAsync(["loss"]);
            var byFive = await LogAsync(["loss", "accuracy", "rate", "norm", "validation"]);
            var byStore = await AppendAsync(events);
            if (round >= 0)
            {
                rows.Add(Rows / byRows.Seconds);
                one.Add(Points / byRun);
                five.Add(Points / byFive);
                store.Add(Rows / byStore);
                rowBytes = byRows.Bytes;
            }
        }

        Figures.Print($"| points into SQLite, synchronous=FULL | points a second, median of {Rounds} | least |");
        Console.WriteLine("| --- | --- | --- |");
        Line($"IRun.LogMetric, one metric, until FlushAsync has confirmed {Points:N0}", one);
        Line($"IRun.LogMetric, five metrics in turn", five);
        Line($"IRunStore.AppendAsync, batches of {RowsPerTransaction:N0}", store);
        Line($"one prepared insert a row, transactions of {RowsPerTransaction:N0}", rows);
        Console.WriteLine();
        Console.WriteLine("| a loss curve on disk | bytes a point |");
        Console.WriteLine("| --- | --- |");
        foreach (var (batch, count) in new[] { (20, 200_000), (1000, 1_000_000), (RowsPerTransaction, 1_000_000) })
        {
            Figures.Print($"| batches of {batch:N0}, {count:N0} points | {await BytesAsync(events[..count], batch):0.00} |");
        }

        var single = events.Select(e => RunEvent.Metric(e.Name, (float)e.Number, e.Step) with { Timestamp = e.Timestamp }).ToArray();
        var half = await BytesAsync(single, RowsPerTransaction);
        Figures.Print($"| the same rounded to single precision, batches of {RowsPerTransaction:N0} | {half:0.00} |");
        Figures.Print($"| one row a point | {rowBytes:0.00} |");
        return 0;
    }

    private static void Line(FormattableString what, List<double> rates) =>
        Figures.Print($"| {FormattableString.Invariant(what)} | {Figures.Median(rates):N0} | {rates.Min():N0} |");

    private static async Task<double> LogAsync(string[] names)
    {
        using var folder = new TrackedFolder();
        await using var run = await folder.Get<IExperimentTracker>().StartRunAsync("points");
        var values = Figures.LossCurve(4096).Select(e => e.Number).ToArray();
        return await Figures.SecondsAsync(async () =>
        {
            for (var i = 0; i < Points; i++)
            {
                run.LogMetric(names[i % names.Length], values[i & 4095], i / names.Length);
            }

            await run.FlushAsync();
        });
    }

    private static async Task<double> AppendAsync(RunEvent[] events)
    {
        using var folder = new TrackedFolder();
        var run = await Figures.AddRunAsync(folder.Get<IRunStore>());
        return await Figures.SecondsAsync(() => Figures.AppendAsync(folder.Get<IRunStore>(), run, events, RowsPerTransaction));
    }

    private static async Task<double> BytesAsync(RunEvent[] events, int batch)
    {
        using var folder = new TrackedFolder();
        var run = await Figures.AddRunAsync(folder.Get<IRunStore>());
        var before = folder.Length();
        await Figures.AppendAsync(folder.Get<IRunStore>(), run, events, batch);
        return (folder.Length() - before) / (double)events.Length;
    }

    private static async Task<(double Seconds, double Bytes)> InsertRowsAsync(RunEvent[] events)
    {
        using var folder = new TrackedFolder();
        await Figures.AddRunAsync(folder.Get<IRunStore>());
        var before = folder.Length();
        using var connection = folder.Connect();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous=FULL";
        pragma.ExecuteNonQuery();
        var seconds = await Figures.SecondsAsync(() =>
        {
            Insert(connection, events);
            return Task.CompletedTask;
        });
        return (seconds, (folder.Length() - before) / (double)events.Length);
    }

    private static void Insert(SqliteConnection connection, RunEvent[] events)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO metric_points (metric_id, step, recorded_at, sequence, value) VALUES (1, @step, @at, @sequence, @value)";
        var step = command.Parameters.Add("@step", SqliteType.Integer);
        var at = command.Parameters.Add("@at", SqliteType.Integer);
        var sequence = command.Parameters.Add("@sequence", SqliteType.Integer);
        var value = command.Parameters.Add("@value", SqliteType.Real);
        command.Prepare();
        for (var start = 0; start < events.Length; start += RowsPerTransaction)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var i = start; i < Math.Min(events.Length, start + RowsPerTransaction); i++)
            {
                step.Value = events[i].Step;
                at.Value = events[i].Timestamp.UtcTicks;
                sequence.Value = i;
                value.Value = events[i].Number;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }
}
