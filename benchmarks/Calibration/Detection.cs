using System.Globalization;
using System.Text;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>How often the default verdict finds changes that are there, and what it says of harmless ones.</summary>
internal static class Detection
{
    private static readonly (int N, int M)[] Sizes = [(1000, 1000), (20_000, 20_000), (50_000, 5_000)];

    public static void Write(StringBuilder text)
    {
        text.Append("\n## Drift: found by the default verdict\n\n");
        text.Append("Share in per cent of 200 trials (1,000 v 1,000) or 100. The last column is what other tools' defaults were measured to do, ");
        text.Append("Evidently 0.7.21, NannyML 0.13.1 and the KS rule of whylogs on a KLL sketch with k = 1024.\n\n");
        text.Append("| change | ").AppendJoin(" | ", Sizes.Select(size => NoDrift.Size(size.N, size.M))).Append(" | other tools |\n| --- | --- | --- | --- | --- |\n");
        Numeric(text, "mean +1 sd", d => d.Normal(), d => 1 + d.Normal(), "Evidently mannw, ks: 100");
        Numeric(text, "mean -1 sd", d => d.Normal(), d => -1 + d.Normal(), "Evidently mannw: 0 (it tests one side)");
        Outlier(text, "one value of 1e9 in the reference, mean +1 sd", 1, inReference: true, "Evidently PSI, JS, KL, Hellinger, Wasserstein: 0");
        Outlier(text, "one value of 1e9 now, mean +1 sd", 1, inReference: false, "Evidently PSI, JS, KL, Hellinger: 0; NannyML KS 0.00005 where 0.38 is true");
        Outlier(text, "one value of 1e9 now, else none (no drift)", 0, inReference: false, "");
        Numeric(text, "sd 1 to 1.1", d => d.Normal(), d => 1.1 * d.Normal(), "Evidently: 0 at n >= 20,000");
        Numeric(text, "2 % stuck at 0", d => d.Normal(), d => d.Uniform() < 0.02 ? 0 : d.Normal(), "Evidently: 0 at n >= 20,000");
        Numeric(text, "log-normal +20 %", d => Math.Exp(d.Normal()), d => 1.2 * Math.Exp(d.Normal()), "Evidently: 0 at n >= 20,000");
        Numeric(text, "both samples x100 (no drift)", d => 100 * d.Normal(), d => 100 * d.Normal(), "Evidently energy: 100");
        Numeric(text, "reference as it was, data x100", d => 10 + d.Normal(), d => 100 * (10 + d.Normal()), "");
        Row(text, "1 % in a new category (20 known)", "Evidently: 0 at n >= 20,000", (draws, n, m) =>
        {
            string[] Sample(int count, double share) => [.. Enumerable.Range(0, count)
                .Select(_ => draws.Uniform() < share ? "new" : draws.Below(20).ToString(CultureInfo.InvariantCulture))];
            return DriftTest.Categorical("c", Sample(n, 0), Sample(m, 0.01));
        });
        Numeric(text, "missing 0 % to 5 %", d => d.Normal(), d => d.Uniform() < 0.05 ? double.NaN : d.Normal(), "Evidently: missing values are dropped first");
    }

    private static void Outlier(StringBuilder text, string name, double shift, bool inReference, string others) => Row(text, name, others, (draws, n, m) =>
    {
        double[] x = draws.Many(n, d => d.Normal()), y = draws.Many(m, d => shift + d.Normal());
        (inReference ? x : y)[0] = 1e9;
        return DriftTest.Numeric("x", x, y);
    });

    private static void Numeric(StringBuilder text, string name, Func<Draws, double> before, Func<Draws, double> after, string others) =>
        Row(text, name, others, (draws, n, m) => DriftTest.Numeric("x", draws.Many(n, before), draws.Many(m, after)));

    private static void Row(StringBuilder text, string name, string others, Func<Draws, int, int, ColumnDrift> trial)
    {
        text.Append("| ").Append(name);
        foreach (var (n, m) in Sizes)
        {
            var trials = n + m > 10_000 ? 100 : 200;
            var draws = new Draws((ulong)((n * 17) + m));
            var hits = 0;
            for (var i = 0; i < trials; i++)
            {
                hits += trial(draws, n, m).HasDrift ? 1 : 0;
            }

            text.Append(" | ").Append(new Rate(hits, trials));
        }

        text.Append(" | ").Append(others).Append(" |\n");
        Console.Error.WriteLine($"{Environment.TickCount64 / 1000}: {name}");
    }
}
