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
        var rows = new List<(string Name, string Others)>();
        var experiments = new List<Experiment>();
        text.Append("\n## Drift: found by the default verdict\n\n");
        text.Append("Share in per cent of 200 trials (1,000 v 1,000) or 100. The last column is what other tools' defaults were measured to do, ");
        text.Append("Evidently 0.7.21, NannyML 0.13.1 and the KS rule of whylogs on a KLL sketch with k = 1024.\n\n");
        text.Append("| change | ").AppendJoin(" | ", Sizes.Select(size => NoDrift.Size(size.N, size.M))).Append(" | other tools |\n| --- | --- | --- | --- | --- |\n");
        Numeric("mean +1 sd", d => d.Normal(), d => 1 + d.Normal(), "Evidently mannw, ks: 100");
        Numeric("mean -1 sd", d => d.Normal(), d => -1 + d.Normal(), "Evidently mannw: 0 (it tests one side)");
        Outlier("one value of 1e9 in the reference, mean +1 sd", 1, inReference: true, "Evidently PSI, JS, KL, Hellinger, Wasserstein: 0");
        Outlier("one value of 1e9 now, mean +1 sd", 1, inReference: false, "Evidently PSI, JS, KL, Hellinger: 0; NannyML KS 0.00005 where 0.38 is true");
        Outlier("one value of 1e9 now, else none (no drift)", 0, inReference: false, "");
        Numeric("sd 1 to 1.1", d => d.Normal(), d => 1.1 * d.Normal(), "Evidently: 0 at n >= 20,000");
        Numeric("2 % stuck at 0", d => d.Normal(), d => d.Uniform() < 0.02 ? 0 : d.Normal(), "Evidently: 0 at n >= 20,000");
        Numeric("log-normal +20 %", d => Math.Exp(d.Normal()), d => 1.2 * Math.Exp(d.Normal()), "Evidently: 0 at n >= 20,000");
        Numeric("both samples x100 (no drift)", d => 100 * d.Normal(), d => 100 * d.Normal(), "Evidently energy: 100");
        Numeric("reference as it was, data x100", d => 10 + d.Normal(), d => 100 * (10 + d.Normal()), "");
        Row("1 % in a new category (20 known)", "Evidently: 0 at n >= 20,000", (draws, n, m) =>
        {
            string[] Sample(int count, double share) => [.. Enumerable.Range(0, count)
                .Select(_ => draws.Uniform() < share ? "new" : draws.Below(20).ToString(CultureInfo.InvariantCulture))];
            return DriftTest.Categorical("c", Sample(n, 0), Sample(m, 0.01));
        });
        Numeric("missing 0 % to 5 %", d => d.Normal(), d => d.Uniform() < 0.05 ? double.NaN : d.Normal(), "Evidently: missing values are dropped first");

        var rates = Experiment.Run(experiments).Select(rate => rate[0]).Chunk(Sizes.Length).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").Append(rows[i].Name).Append(" | ").AppendJoin(" | ", rates[i]).Append(" | ").Append(rows[i].Others).Append(" |\n");
        }

        void Outlier(string name, double shift, bool inReference, string others) => Both(name, others, (draws, n, m) =>
        {
            double[] x = draws.Many(n, d => d.Normal()), y = draws.Many(m, d => shift + d.Normal());
            (inReference ? x : y)[0] = 1e9;
            return (x, y);
        });

        void Numeric(string name, Func<Draws, double> before, Func<Draws, double> after, string others) =>
            Both(name, others, (draws, n, m) => (draws.Many(n, before), draws.Many(m, after)));

        void Both(string name, string others, Func<Draws, int, int, (double[] Before, double[] After)> trial)
        {
            Row(name, others, (draws, n, m) =>
            {
                var (x, y) = trial(draws, n, m);
                return DriftTest.Numeric("x", x, y);
            });
            Row(name + ", fitted", "", (draws, n, m) =>
            {
                var (x, y) = trial(draws, n, m);
                var sample = FittedReference.FitNumeric(x).StartSample();
                sample.Add(y);
                return sample.Compare();
            });
        }

        void Row(string name, string others, Func<Draws, int, int, ColumnDrift> trial)
        {
            rows.Add((name, others));
            experiments.AddRange(Sizes.Select(size => new Experiment(
                (ulong)((size.N * 17) + size.M), size.N + size.M > 10_000 ? 100 : 200, draws => [trial(draws, size.N, size.M).HasDrift])));
        }
    }
}
