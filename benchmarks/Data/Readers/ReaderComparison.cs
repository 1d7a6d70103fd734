using System.Diagnostics;
using System.Globalization;
using MlOps.Data;

namespace MlOps.Benchmarks.Readers;

/// <summary>Reads all of a file with the readers here and with others, in turns in one process, and prints the medians.</summary>
internal static class ReaderComparison
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string parquet)
    {
        var folder = Directory.CreateTempSubdirectory("readers").FullName;
        try
        {
            var data = Dataset.FromParquet(parquet);
            var (csv, jsonLines, arrow) = (Path.Combine(folder, "rows.csv"), Path.Combine(folder, "rows.jsonl"), Path.Combine(folder, "rows.arrow"));
            var started = Stopwatch.GetTimestamp();
            var rows = await data.WriteCsvAsync(csv);
            Console.WriteLine($"{rows:N0} rows written as CSV in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            await data.WriteJsonLinesAsync(jsonLines);
            await data.WriteArrowAsync(arrow);
            var schema = await Dataset.FromCsv(csv).GetSchemaAsync();
            Console.WriteLine(await CsvFormat.DetectAsync(csv));
            Console.WriteLine("| file | reader | MB | median, s | MB/s |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            await PrintAsync("CSV", csv,
            [
                ("Dataset.FromCsv", () => CountAsync(Dataset.FromCsv(csv))),
                ("Sylvan.Data.Csv, cells found", () => Task.FromResult(CsvPeers.SylvanCells(csv))),
                ("Sylvan.Data.Csv, typed columns", () => Task.FromResult(CsvPeers.Sylvan(csv, schema))),
            ], rows);
            await PrintAsync("JSON Lines", jsonLines, [("Dataset.FromJsonLines", () => CountAsync(Dataset.FromJsonLines(jsonLines)))], rows);
            await PrintAsync("Arrow", arrow, [("Dataset.FromArrow", () => CountAsync(Dataset.FromArrow(arrow)))], rows);
            await PrintAsync("Parquet", parquet, [("Dataset.FromParquet (ParquetSharp)", () => CountAsync(Dataset.FromParquet(parquet))), ("Parquet.Net", () => ParquetPeer.ReadAsync(parquet))], rows);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrintAsync(string kind, string path, (string Name, Func<Task<long>> Read)[] readers, long rows)
    {
        var times = readers.ToDictionary(reader => reader.Name, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (name, read) in readers)
            {
                var started = Stopwatch.GetTimestamp();
                var count = await read();
                _ = count == rows ? true : throw new InvalidOperationException($"{name} read {count} rows of {rows}.");

                // The first round warms up.
                if (round > 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                }
            }
        }

        var megabytes = new FileInfo(path).Length / 1e6;
        foreach (var (name, _) in readers)
        {
            var median = times[name].Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {name} | {megabytes:F0} | {median:F2} | {megabytes / median:F0} |"));
        }
    }

    private static async Task<long> CountAsync(Dataset dataset)
    {
        var rows = 0L;
        await foreach (var batch in dataset.ReadAsync())
        {
            using (batch)
            {
                rows += batch.Length;
            }
        }

        return rows;
    }
}
