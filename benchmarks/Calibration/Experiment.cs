using System.Collections.Concurrent;

namespace MlOps.Benchmarks;

/// <summary>A trial that is repeated on seeded draws, and answers some questions each time.</summary>
/// <param name="Seed">Where its draws begin.</param>
/// <param name="Trials">How often it is done.</param>
/// <param name="Trial">One trial: the answers, as many each time.</param>
internal sealed record Experiment(ulong Seed, int Trials, Func<Draws, bool[]> Trial)
{
    private const int Together = 50;

    /// <summary>The rates of all answers of all experiments; on several processors, and the same on any number of them.</summary>
    public static Rate[][] Run(IReadOnlyList<Experiment> experiments)
    {
        var hits = experiments.Select(_ => new ConcurrentBag<int[]>()).ToArray();
        var jobs = experiments
            .SelectMany((experiment, which) => Enumerable.Range(0, (experiment.Trials + Together - 1) / Together).Select(part => (which, part)))
            .ToArray();
        Parallel.ForEach(Partitioner.Create(jobs, loadBalance: true), job =>
        {
            var experiment = experiments[job.which];
            var draws = new Draws(new Draws(experiment.Seed + ((ulong)job.part << 48)).Next());
            hits[job.which].Add(experiment.Count(draws, Math.Min(Together, experiment.Trials - (job.part * Together))));
        });
        return [.. experiments.Select((experiment, which) => experiment.Sum(hits[which]))];
    }

    private int[] Count(Draws draws, int trials)
    {
        int[] counts = [];
        for (var trial = 0; trial < trials; trial++)
        {
            var answers = Trial(draws);
            counts = counts.Length == 0 ? new int[answers.Length] : counts;
            for (var i = 0; i < answers.Length; i++)
            {
                counts[i] += answers[i] ? 1 : 0;
            }
        }

        return counts;
    }

    private Rate[] Sum(IEnumerable<int[]> parts) =>
        [.. parts.Aggregate((a, b) => [.. a.Zip(b, (left, right) => left + right)]).Select(hits => new Rate(hits, Trials))];
}
