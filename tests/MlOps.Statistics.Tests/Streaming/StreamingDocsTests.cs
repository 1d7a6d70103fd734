using System.Globalization;
using System.Text;

namespace MlOps.Statistics.Tests.Streaming;

/// <summary>Keeps the table of docs/streaming.md; MLOPS_WRITE_DOCS=1 writes it anew.</summary>
public sealed class StreamingDocsTests
{
    private const string Begin = "<!-- trials: begin -->\n";
    private const string End = "<!-- trials: end -->\n";
    private const int Values = 200_000;
    private const int Runs = 200;

    private static readonly (string Name, string Defaults)[] _rows =
    [
        ("Adwin", "delta 0.002, clock 32, 5 buckets, window 5, grace 10"),
        ("PageHinkley", "delta 0.005, threshold 50, alpha 0.9999, both ways"),
        ("Cusum", "delta 0.005, threshold 50, upwards"),
        ("Ewma", "alpha 0.99, threshold 1, upwards"),
        ("Kswin", "alpha 0.005, window 100, recent 30"),
        ("Ddm", "2 and 3 deviations, from 30 values"),
        ("Eddm", "ratios 0.95 and 0.9, from 30 errors"),
        ("Rddm", "1.773 and 2.258 deviations, from 129 values"),
        ("HddmA", "confidence 0.005 and 0.001, upwards"),
        ("HddmW", "confidence 0.005 and 0.001, lambda 0.05, upwards"),
        ("Fhddm", "window 100, delta 1e-6"),
        ("Ecdd", "lambda 0.2, run length 400, warning at 0.5"),
        ("Stepd", "p 0.05 and 0.003, window 30"),
    ];

    [Fact]
    public void The_table_in_the_docs_is_what_the_trials_give()
    {
        var path = Path.Combine(Root(), "docs", "streaming.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var table = Table();
        if (Environment.GetEnvironmentVariable("MLOPS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[begin..end]);
    }

    [Fact]
    public void The_example_of_the_docs_runs()
    {
        byte[]? stored = null;
        double[] errors = [.. Enumerable.Range(0, 2_000).Select(i => i % 10 == 9 ? 1.0 : 0.0), .. Enumerable.Range(0, 1_500).Select(i => i % 2.0)];
        var messages = new List<string>();
        Action<string> report = messages.Add;

        // docs
        var detector = stored is null ? new Adwin() : Adwin.Read(stored);
        var test = new BettingMeanTest(mean: 0.10); // the error rate that was promised

        foreach (var error in errors) // 0 right, 1 wrong, NaN not known
        {
            if (detector.Update(error) == DetectorState.Drift)
            {
                report($"the error rate has changed; of late it is {detector.Mean:P0}");
            }

            if (test.Update(error).RejectsAt(0.01))
            {
                report($"the error rate is not 10 %: {test.Evidence}");
                test.Reset();
            }
        }

        stored = detector.ToArray();

        // end
        Assert.StartsWith("the error rate", messages[0], StringComparison.Ordinal);
        Assert.Equal(2, messages.DistinctBy(message => message[..20]).Count());
        Assert.InRange(detector.Mean, 0.4, 0.6);
        var source = File.ReadAllText(Path.Combine(Root(), "tests/MlOps.Statistics.Tests/Streaming/StreamingDocsTests.cs")).ReplaceLineEndings("\n");
        var code = source[source.IndexOf("        // docs\n", StringComparison.Ordinal)..source.IndexOf("\n        // end\n", StringComparison.Ordinal)];
        var lines = code.Split('\n').Skip(1).Select(line => line.Length > 8 ? line[8..] : "");
        Assert.Contains("```csharp\n" + string.Join('\n', lines).TrimEnd() + "\n```", File.ReadAllText(Path.Combine(Root(), "docs/streaming.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Table()
    {
        var table = new StringBuilder("| detector | stream | defaults | false alarms per 100,000 | mean delay | missed |\n| --- | --- | --- | ---: | ---: | ---: |\n");
        foreach (var (name, defaults) in _rows)
        {
            var alarms = DetectorTrial.FalseAlarms(name, Values) * (100_000.0 / Values);
            var (delay, missed) = DetectorTrial.Delay(name, Runs);
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {(Detectors.All[name].IsBinary ? "errors" : "normal")} | {defaults} ");
            table.Append(CultureInfo.InvariantCulture, $"| {alarms:0.#} | {(missed > Runs / 2 ? "–" : delay.ToString("0", CultureInfo.InvariantCulture))} ");
            table.Append(CultureInfo.InvariantCulture, $"| {100.0 * missed / Runs:0.#} % |\n");
        }

        return table.ToString();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MlOps.Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
