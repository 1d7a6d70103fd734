using System.Globalization;
using System.Text;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>How often each rule cries drift where both samples come from one distribution.</summary>
internal static class NoDrift
{
    public static readonly (int N, int M)[] Sizes =
        [(500, 500), (1000, 200), (1000, 1000), (200, 1000), (2000, 500), (20_000, 20_000), (50_000, 5_000)];

    private static readonly (string Name, Func<Draws, double> Draw)[] Numbers =
    [
        ("normal", draws => draws.Normal()),
        ("log-normal", draws => Math.Exp(draws.Normal())),
        ("heavy ties: half zeros, the rest to one decimal", draws => draws.Uniform() < 0.5 ? 0 : Math.Round(draws.Normal(), 1)),
        ("discrete: 5 values", draws => Math.Min(4, Math.Floor(2 * Math.Abs(draws.Normal())))),
    ];

    private static readonly int[] Categories = [5, 100, 500];

    private static readonly DriftOptions Evidence = new()
    {
        MinimumEffect = 0,
        MinimumSpreadChange = 0,
        MinimumRepeatedValueChange = 0,
        MinimumShare = 0,
        MinimumMissingRateChange = 0,
    };

    public static void Write(StringBuilder text)
    {
        text.Append("## No drift: one column\n\n");
        text.Append("Share of trials in per cent. *Evidence*: the test of the values alone, p < 0.05, no minimum effect; 5 is nominal, 4 to 6 is the bar. ");
        text.Append("*Findings*: any finding of the column, corrected over them, no minimum effect; at most 5. *Verdict*: the default rule.\n\n");
        text.Append("| column | sizes | trials | evidence | findings | verdict |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var categories in new[] { 2, 5, 20, 100, 500 })
        {
            var names = Enumerable.Range(0, categories).Select(i => "c" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
            Rows(text, categories == 2 ? "boolean, 30 % true" : $"{categories} categories", (draws, n, m) =>
            {
                string[] Sample(int count) => categories == 2
                    ? [.. Enumerable.Range(0, count).Select(_ => draws.Uniform() < 0.3 ? names[0] : names[1])]
                    : [.. Enumerable.Range(0, count).Select(_ => names[draws.Below(categories)])];
                return DriftTest.Categorical("c", Sample(n), Sample(m), Evidence);
            });
        }

        foreach (var (name, draw) in Numbers)
        {
            Rows(text, name, (draws, n, m) => DriftTest.Numeric("x", draws.Many(n, draw), draws.Many(m, draw), Evidence));
        }
    }

    /// <summary>The other findings one by one, and a whole table.</summary>
    public static void WriteFindings(StringBuilder text)
    {
        const int Trials = 2000;
        text.Append("\n## No drift: every kind of finding, and a table\n\n");
        text.Append("Share in per cent of ").Append(Trials).Append(" trials with p < 0.05 for each finding by itself. Rules that take the least of many chances ");
        text.Append("(repeated values, new and vanished categories), or that count rare rows, stay below 5 by construction. *Table*: any finding in six columns ");
        text.Append("(normal, log-normal, ties, 5, 100 and 500 categories, each with 10 % missing) after Benjamini–Hochberg, no minimum effect; at most 5.\n\n");
        text.Append("| sizes | missing rate 10 % | missing rate 1 % | spread | repeated value | range | new category | vanished category | table |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (n, m) in Sizes.Take(5))
        {
            var draws = new Draws((ulong)((n * 31) + m));
            var hits = new Dictionary<string, int>();
            for (var trial = 0; trial < Trials; trial++)
            {
                List<ColumnDrift> table =
                [
                    .. Numbers.Take(3).Select(kind => Numeric(draws, n, m, kind.Draw, 0.1)),
                    .. Categories.Select(categories => Categorical(draws, n, m, categories)),
                ];
                var rare = Numeric(draws, n, m, Numbers[0].Draw, 0.01);
                Count("table", DriftReport.Of(table, Evidence).HasDrift);
                Count("missing10", table[0].MissingPValue < 0.05);
                Count("missing1", rare.MissingPValue < 0.05);
                Count("spread", Below(table[0], DriftFindingKind.Spread));
                Count("repeated", Below(table[2], DriftFindingKind.RepeatedValue));
                Count("range", Below(table[0], DriftFindingKind.Range));
                Count("new", Below(table[4], DriftFindingKind.NewCategories));
                Count("vanished", Below(table[4], DriftFindingKind.VanishedCategories));
            }

            text.Append(CultureInfo.InvariantCulture, $"| {Size(n, m)}");
            foreach (var name in new[] { "missing10", "missing1", "spread", "repeated", "range", "new", "vanished", "table" })
            {
                text.Append(" | ").Append(new Rate(hits.GetValueOrDefault(name), Trials));
            }

            text.Append(" |\n");

            void Count(string name, bool hit) => hits[name] = hits.GetValueOrDefault(name) + (hit ? 1 : 0);
        }

        static bool Below(ColumnDrift column, DriftFindingKind kind) => column.Findings.Any(finding => finding.Kind == kind && finding.PValue < 0.05);
    }

    public static string Size(int n, int m) => string.Create(CultureInfo.InvariantCulture, $"{n:#,0} v {m:#,0}");

    private static ColumnDrift Numeric(Draws draws, int n, int m, Func<Draws, double> draw, double missing)
    {
        double[] Sample(int count) => draws.Many(count, d => d.Uniform() < missing ? double.NaN : draw(d));
        return DriftTest.Numeric("x", Sample(n), Sample(m), Evidence);
    }

    private static ColumnDrift Categorical(Draws draws, int n, int m, int categories)
    {
        string?[] Sample(int count) => [.. Enumerable.Range(0, count)
            .Select(_ => draws.Uniform() < 0.1 ? null : draws.Below(categories).ToString(CultureInfo.InvariantCulture))];
        return DriftTest.Categorical("c", Sample(n), Sample(m), Evidence);
    }

    private static void Rows(StringBuilder text, string name, Func<Draws, int, int, ColumnDrift> trial)
    {
        foreach (var (n, m) in Sizes)
        {
            var trials = n + m > 10_000 ? 1500 : 4000;
            var draws = new Draws((ulong)((n * 7919) + m + (name.Sum(letter => (long)letter) << 32)));
            int evidence = 0, findings = 0, verdict = 0;
            for (var i = 0; i < trials; i++)
            {
                var column = trial(draws, n, m);
                evidence += column.PValue < 0.05 ? 1 : 0;
                findings += column.HasDrift ? 1 : 0;
                verdict += DriftReport.Of([column]).HasDrift ? 1 : 0;
            }

            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Size(n, m)} | {trials} | {new Rate(evidence, trials)} | {new Rate(findings, trials)} | {new Rate(verdict, trials)} |\n");
            Console.Error.WriteLine($"{Environment.TickCount64 / 1000}: {name} {n} v {m}: {new Rate(evidence, trials)}");
        }
    }
}
