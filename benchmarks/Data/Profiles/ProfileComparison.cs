using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using MlOps.Data;

namespace MlOps.Benchmarks.Profiles;

/// <summary>
/// Profiles a Parquet file and the same rows as CSV here, with DuckDB's SUMMARIZE and with pandas' describe, and prints the ratios.
/// </summary>
internal static class ProfileComparison
{
    private const int Rounds = 7;

    /// <summary>Here and DuckDB take turns, so that a busy machine slows both; medians are compared.</summary>
    public static async Task<int> RunAsync(string parquet, bool withoutPandas)
    {
        var csv = Path.Combine(Path.GetTempPath(), Path.GetFileNameWithoutExtension(parquet) + ".csv");
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"SET threads = {Environment.ProcessorCount}");
        if (!File.Exists(csv))
        {
            await ExecuteAsync(connection, $"COPY (FROM read_parquet('{parquet}')) TO '{csv}' (HEADER)");
        }

        List<string> lines = [];
        var columns = (await Dataset.FromParquet(parquet).GetSchemaAsync()).FieldsList.Count;
        await ExecuteAsync(connection, $"CREATE TABLE held AS FROM read_parquet('{parquet}')");
        foreach (var (kind, dataset, source) in new[]
        {
            ("rows in memory", await HoldAsync(Dataset.FromParquet(parquet)), "held"),
            ("Parquet", Dataset.FromParquet(parquet), $"read_parquet('{parquet}')"),
            ("CSV", Dataset.FromCsv(csv), $"read_csv('{csv}')"),
        })
        {
            DataProfile? profile = null;
            var reading = new List<double>();
            var here = new List<double>();
            var duck = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                reading.Add(await MeasureAsync(() => dataset.ReadAllAsync()));
                here.Add(await MeasureAsync(async () => profile = await dataset.ProfileAsync()));
                duck.Add(await MeasureAsync(() => ExecuteAsync(connection, $"SUMMARIZE FROM {source}")));
            }

            var own = Median(here);
            lines.Add(Line($"profile of {kind}", profile!.RowCount, "DuckDB SUMMARIZE", Median(duck), own, 1));
            Console.WriteLine(Invariant($"{kind}: {profile.RowCount:N0} × {columns}; of {own:0} ms here, reading alone takes {Median(reading):0} ms;")
                + Invariant($" best {here.Min():0} v {duck.Min():0} ms"));
            if (!withoutPandas && Pandas(csv) is { } pandas)
            {
                var describe = pandas.GetProperty("describe").GetDouble();
                var read = pandas.GetProperty("read").GetDouble();
                var peer = $"pandas {pandas.GetProperty("version").GetString()}";
                lines.Add(kind == "CSV"
                    ? Line("profile of CSV", profile.RowCount, $"{peer} read_csv + describe(include=\"all\")", read + describe, own, 5)
                    : Line($"profile of {kind}", profile.RowCount, $"{peer} describe(include=\"all\") of a loaded frame", describe, own, 5));
            }
        }

        var process = Process.GetCurrentProcess();
        Console.WriteLine(Invariant($"Peak working set of this process, DuckDB included: {process.PeakWorkingSet64 / 1_048_576:N0} MB"));
        Console.WriteLine();
        Console.WriteLine("| work | rows | peer | peer, ms | here, ms | ratio | bar |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        lines.ForEach(Console.WriteLine);
        return 0;
    }

    private static string Line(string work, long rows, string peer, double there, double here, double bar)
    {
        var ratio = there / here;
        return Invariant(
            $"| {work} | {rows:N0} | {peer} | {there:0} | {here:0} | {ratio:0.0}× | {bar:0}×{(ratio < bar ? " missed" : "")} |");
    }

    private static async Task<Dataset> HoldAsync(Dataset dataset)
    {
        List<Apache.Arrow.RecordBatch> batches = [];
        await foreach (var batch in dataset.ReadAsync())
        {
            batches.Add(batch);
        }

        return Dataset.FromBatches(dataset.Name, batches[0].Schema, batches);
    }

    private static async Task ReadAllAsync(this Dataset dataset)
    {
        await foreach (var batch in dataset.ReadAsync())
        {
            batch.Dispose();
        }
    }

    private static async Task<double> MeasureAsync(Func<Task> work)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task ExecuteAsync(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var cells = new object[reader.FieldCount];
        while (await reader.ReadAsync())
        {
            reader.GetValues(cells);
        }
    }

    private static JsonElement? Pandas(string csv)
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                using var process = Process.Start(
                    new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Profiles", "describe.py"), csv])
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    })!;
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return JsonDocument.Parse(output).RootElement;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not installed here.
            }
        }

        Console.Error.WriteLine("pandas is left out: no python3 here has it. On Debian: apt-get install python3-pandas.");
        return null;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
