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
        text.Append("*Findings*: any finding of the column, corrected over them, no minimum effect; at most 5. *Verdict*: the default rule. ");
        text.Append("*Fitted*: the same samples, the reference kept as a `FittedReference` with default options.\n\n");
        text.Append("| column | sizes | trials | evidence | findings | verdict |\n| --- | --- | --- | --- | --- | --- |\n");
        var rows = new List<(string[] Names, int N, int M, Experiment Experiment)>();
        foreach (var categories in new[] { 2, 5, 20, 100, 500 })
        {
            var names = Names(categories);
            Add([categories == 2 ? "boolean, 30 % true" : $"{categories} categories"], (draws, n, m) =>
                Answers(DriftTest.Categorical("c", Sample(draws, names, n), Sample(draws, names, m), Evidence)));
        }

        var many = Names(2000);
        Add(["2,000 categories, fitted (counted by hash)"], (draws, n, m) =>
        {
            var sample = FittedReference.FitCategorical(Sample(draws, many, n)).StartSample();
            sample.Add(Sample(draws, many, m));
            return Answers(sample.Compare(Evidence));
        });
        foreach (var (name, draw) in Numbers)
        {
            Add([name, name + ", fitted"], (draws, n, m) =>
            {
                double[] x = draws.Many(n, draw), y = draws.Many(m, draw);
                var sample = FittedReference.FitNumeric(x).StartSample();
                sample.Add(y);
                return [.. Answers(DriftTest.Numeric("x", x, y, Evidence)), .. Answers(sample.Compare(Evidence))];
            });
        }

        var rates = Experiment.Run([.. rows.Select(row => row.Experiment)]);
        foreach (var name in rows.SelectMany(row => row.Names).Distinct())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var at = 3 * Array.IndexOf(rows[i].Names, name);
                if (at >= 0)
                {
                    var size = Size(rows[i].N, rows[i].M);
                    text.Append(CultureInfo.InvariantCulture, $"| {name} | {size} | {rows[i].Experiment.Trials} ");
                    text.Append("| ").AppendJoin(" | ", rates[i][at..(at + 3)]).Append(" |\n");
                }
            }
        }

        void Add(string[] names, Func<Draws, int, int, bool[]> trial)
        {
            foreach (var (n, m) in Sizes)
            {
                var seed = (ulong)((n * 7919) + m + (names[0].Sum(letter => (long)letter) << 32));
                rows.Add((names, n, m, new Experiment(seed, 4000, draws => trial(draws, n, m))));
            }
        }

        static string[] Sample(Draws draws, string[] names, int count) => names.Length == 2
            ? [.. Enumerable.Range(0, count).Select(_ => draws.Uniform() < 0.3 ? names[0] : names[1])]
            : [.. Enumerable.Range(0, count).Select(_ => names[draws.Below(names.Length)])];

        static bool[] Answers(ColumnDrift column) => [column.PValue < 0.05, column.HasDrift, DriftReport.Of([column]).HasDrift];
    }

    /// <summary>The other findings one by one, and a whole table.</summary>
    public static void WriteFindings(StringBuilder text)
    {
        const int Trials = 2000;
        text.Append("\n## No drift: every kind of finding, and a table\n\n");
        text.Append("Share in per cent of ").Append(Trials).Append(" trials with p < 0.05 for each finding by itself. Rules that take the least of many chances ");
        text.Append("(repeated values, new and vanished categories), or that count rare rows, stay below 5 by construction. *Table*: any finding in six columns ");
        text.Append("(normal, log-normal, ties, 5, 100 and 500 categories, each with 10 % missing) after Benjamini–Hochberg, no minimum effect; at most 5. ");
        text.Append("The second row of each pair is of fitted references.\n\n");
        text.Append("| sizes | missing rate 10 % | missing rate 1 % | spread | repeated value | range | new category | vanished category | table |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        var sizes = Sizes.Take(5).ToArray();
        var rates = Experiment.Run([.. sizes.Select(size => new Experiment(
            (ulong)((size.N * 31) + size.M), Trials, draws => Findings(draws, size.N, size.M)))]);
        for (var i = 0; i < sizes.Length; i++)
        {
            foreach (var (name, which) in new[] { ("", 0), (", fitted", 1) })
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Size(sizes[i].N, sizes[i].M)}{name} | ");
                text.AppendJoin(" | ", rates[i].Chunk(8).ElementAt(which)).Append(" |\n");
            }
        }
    }

    public static string Size(int n, int m) => string.Create(CultureInfo.InvariantCulture, $"{n:#,0} v {m:#,0}");

    private static (ColumnDrift Direct, ColumnDrift Fitted) Numeric(Draws draws, int n, int m, Func<Draws, double> draw, double missing)
    {
        double[] x = Sample(n), y = Sample(m);
        var sample = FittedReference.FitNumeric(x).StartSample();
        sample.Add(y);
        return (DriftTest.Numeric("x", x, y, Evidence), sample.Compare(Evidence));

        double[] Sample(int count) => draws.Many(count, d => d.Uniform() < missing ? double.NaN : draw(d));
    }

    private static ColumnDrift Categorical(Draws draws, int n, int m, int categories)
    {
        string?[] Sample(int count) => [.. Enumerable.Range(0, count)
            .Select(_ => draws.Uniform() < 0.1 ? null : draws.Below(categories).ToString(CultureInfo.InvariantCulture))];
        return DriftTest.Categorical("c", Sample(n), Sample(m), Evidence);
    }

    private static bool[] Findings(Draws draws, int n, int m)
    {
        var numbers = Numbers.Take(3).Select(kind => Numeric(draws, n, m, kind.Draw, 0.1)).ToArray();
        ColumnDrift[] categories = [.. Categories.Select(count => Categorical(draws, n, m, count))];
        var rare = Numeric(draws, n, m, Numbers[0].Draw, 0.01);
        return [.. Of(column => column.Direct), .. Of(column => column.Fitted)];

        bool[] Of(Func<(ColumnDrift Direct, ColumnDrift Fitted), ColumnDrift> side)
        {
            ColumnDrift[] table = [.. numbers.Select(side), .. categories];
            return
            [
                table[0].MissingPValue < 0.05,
                side(rare).MissingPValue < 0.05,
                Below(table[0], DriftFindingKind.Spread),
                Below(table[2], DriftFindingKind.RepeatedValue),
                Below(table[0], DriftFindingKind.Range),
                Below(table[4], DriftFindingKind.NewCategories),
                Below(table[4], DriftFindingKind.VanishedCategories),
                DriftReport.Of(table, Evidence).HasDrift,
            ];
        }

        static bool Below(ColumnDrift column, DriftFindingKind kind) => column.Findings.Any(finding => finding.Kind == kind && finding.PValue < 0.05);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => "c" + i.ToString(CultureInfo.InvariantCulture))];
}
