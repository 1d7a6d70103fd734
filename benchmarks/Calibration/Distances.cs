using System.Text;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>How often distances exceed the folk threshold of 0.1 and their calibrated threshold where there is no drift.</summary>
internal static class Distances
{
    private const int Trials = 2000;
    private const int Resamples = 199;

    public static void Write(StringBuilder text)
    {
        text.Append("\n## No drift: distances above a threshold\n\n");
        text.Append("Share in per cent of ").Append(Trials).Append(" trials. *0.1*: the fixed threshold. *Calibrated*: `CalibratedDistance` at 5 % with ").Append(Resamples);
        text.Append(" resamples; bins are deciles of the reference (normal column), or categories. Wasserstein is over the reference's standard deviation.\n\n");
        text.Append("| distance | bins | sizes | above 0.1 | above the calibrated threshold |\n| --- | --- | --- | --- | --- |\n");
        var rows = new List<(string Label, Experiment Experiment)>();
        foreach (var distance in new[] { CountDistance.PopulationStabilityIndex, CountDistance.JensenShannon, CountDistance.Hellinger })
        {
            foreach (var (categories, n, m) in new[] { (0, 200, 1000), (0, 500, 500), (0, 2000, 500), (20, 1000, 200), (100, 1000, 1000), (100, 2000, 500) })
            {
                var bins = categories == 0 ? "10 deciles" : $"{categories} categories";
                Add($"{distance} | {bins}", n, m, (n * 101) + m + categories, draws =>
                {
                    var (x, y) = categories == 0 ? Deciles(draws, n, m) : (Counts(draws, n, categories), Counts(draws, m, categories));
                    return (Value(distance, x, y), CalibratedDistance.PValue(distance, x, y, Resamples, draws.Next()));
                });
            }
        }

        foreach (var (n, m) in new[] { (200, 1000), (500, 500), (1000, 200) })
        {
            Add("Wasserstein / sd | none (log-normal)", n, m, (n * 107) + m, draws =>
            {
                double[] x = draws.Many(n, d => Math.Exp(d.Normal())), y = draws.Many(m, d => Math.Exp(d.Normal()));
                var result = CalibratedDistance.Wasserstein(x, y, Resamples, draws.Next());
                return (result.Statistic, result.PValue);
            });
        }

        var rates = Experiment.Run([.. rows.Select(row => row.Experiment)]);
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").Append(rows[i].Label).Append(" | ").AppendJoin(" | ", rates[i]).Append(" |\n");
        }

        void Add(string label, int n, int m, int seed, Func<Draws, (double Distance, double PValue)> trial) => rows.Add((
            $"{label} | {NoDrift.Size(n, m)}",
            new Experiment((ulong)seed, Trials, draws =>
            {
                var (distance, p) = trial(draws);
                return [distance > 0.1, p <= 0.05];
            })));
    }

    private static double Value(CountDistance distance, long[] x, long[] y) => distance switch
    {
        CountDistance.PopulationStabilityIndex => PopulationStabilityIndex.Between(x, y),
        CountDistance.JensenShannon => JensenShannon.Between(x, y),
        _ => Hellinger.Between(x, y),
    };

    private static long[] Counts(Draws draws, int count, int categories)
    {
        var counts = new long[categories];
        for (var i = 0; i < count; i++)
        {
            counts[draws.Below(categories)]++;
        }

        return counts;
    }

    private static (long[] Reference, long[] Current) Deciles(Draws draws, int n, int m)
    {
        var x = draws.Many(n, d => d.Normal());
        Array.Sort(x);
        long[] reference = new long[10], current = new long[10];
        var edges = Enumerable.Range(1, 9).Select(i => x[(i * n / 10) - 1]).ToArray();
        for (var i = 0; i < 10; i++)
        {
            reference[i] = ((i + 1) * n / 10) - (i * n / 10);
        }

        for (var i = 0; i < m; i++)
        {
            var value = draws.Normal();
            current[edges.Count(edge => edge < value)]++;
        }

        return (reference, current);
    }
}
