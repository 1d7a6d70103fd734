using MlOps.Testing;

namespace MlOps.Registry.Tests;

public sealed class PromotionTests
{
    private readonly InMemoryModelStore _store = new();
    private readonly InMemoryBlobStore _blobs = new();
    private readonly ModelRegistry _registry;

    public PromotionTests() => _registry = new ModelRegistry(_store, _store, _blobs);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PromotionPolicy Policy { get; } = new(
        new PairedLossGate("log loss") { MinimumImprovement = 0.01 }, new MetricFloorGate("auc", 0.7), new MaximumSizeGate(1000));

    // Ten days of 20 rows; the candidate is better by gain a row, on all days but as many as are flipped.
    private static PairedLosses Losses(double gain, int flippedDays = 0, string metric = "log loss")
    {
        var blocks = Enumerable.Range(0, 200).Select(row => row / 20).ToArray();
        return new PairedLosses
        {
            Metric = metric,
            Incumbent = Enumerable.Range(0, 200).Select(row => 0.5 + (row % 7 / 100.0)).ToArray(),
            Candidate = Enumerable.Range(0, 200).Select(row => 0.5 + (row % 7 / 100.0) - (row / 20 < flippedDays ? -gain : gain)).ToArray(),
            Blocks = blocks,
        };
    }

    private async Task<PromotionCandidate> CandidateAsync(int? incumbent, PairedLosses losses, double auc = 0.75)
    {
        var builder = new ModelPackageBuilder(_blobs);
        await builder.AddFileAsync("model.zip", new byte[100], Token);
        var package = builder.Build("mlnet", "model.zip", new ModelSignature { Inputs = [], Outputs = [] });
        var version = await _registry.RegisterAsync(
            new ModelRegistration { Name = "m", Package = package, Metrics = new Dictionary<string, double> { ["auc"] = auc } }, Token);
        return new PromotionCandidate { Version = version, Incumbent = incumbent, Baseline = incumbent is null ? "climatology" : null, Losses = losses };
    }

    [Fact]
    public async Task A_better_candidate_gets_the_alias_and_the_evidence_is_on_record()
    {
        var decision = await _registry.PromoteAsync(await CandidateAsync(null, Losses(0.05)), Policy, "champion", Token);
        Assert.True(decision.Approved, decision.ToString());
        Assert.Equal(1.0 / 1024, decision.Gates[0].Evidence["p_one_sided"], 12);
        Assert.Equal(1, (await _registry.GetAsync("m@champion", Token)).Number);
        var entry = Assert.Single(await _store.ListAsync("m", Token), entry => entry.Action == "promotion-approved");
        var read = PromotionDecision.FromJson(entry.Evidence!);
        Assert.Equal(decision.ToJson(), read.ToJson());
        Assert.Equal(decision.Gates.Select(gate => gate.ToString()), read.Gates.Select(gate => gate.ToString()));
        Assert.Equal(decision.Gates[0].Evidence, read.Gates[0].Evidence);
    }

    [Fact]
    public async Task Every_gate_reports_after_a_refusal_and_the_alias_stays()
    {
        await _registry.PromoteAsync(await CandidateAsync(null, Losses(0.05)), Policy, "champion", Token);
        var decision = await _registry.PromoteAsync(await CandidateAsync(1, Losses(0.05, flippedDays: 4), auc: 0.6), Policy, "champion", Token);
        Assert.False(decision.Approved);
        Assert.Equal([false, false, true], decision.Gates.Select(gate => gate.Passed));
        Assert.Equal(1, (await _registry.GetAsync("m@champion", Token)).Number);
        Assert.Single(await _store.ListAsync("m", Token), entry => entry.Action == "promotion-refused" && entry.Version == 2);
    }

    [Theory]
    [InlineData(0.005, 0, "log loss", "needed 0.01, not reached")]
    [InlineData(0.05, 4, "log loss", "at most 0.05, not reached")]
    [InlineData(-0.05, 0, "log loss", "not reached")]
    [InlineData(0.05, 0, "brier score", "chose 'log loss' beforehand")]
    public async Task The_loss_gate_wants_effect_evidence_and_the_metric_chosen_beforehand(double gain, int flipped, string metric, string reason)
    {
        var candidate = await CandidateAsync(null, Losses(gain, flipped, metric));
        var result = await Policy.Gates[0].EvaluateAsync(candidate, Token);
        Assert.False(result.Passed);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_losses_an_unmeasured_metric_and_too_large_files_do_not_pass()
    {
        var candidate = (await CandidateAsync(null, Losses(0.05), auc: double.NaN)) with { Losses = null };
        var results = await new PromotionPolicy(
            new PairedLossGate("log loss"), new MetricFloorGate("auc", 0.7), new MetricFloorGate("f1", 0), new MaximumSizeGate(99))
            .EvaluateAsync(candidate, Token);
        Assert.All(results, result => Assert.False(result.Passed, result.ToString()));
    }

    [Fact]
    public async Task A_gate_that_throws_refuses_and_the_others_still_report()
    {
        var unequal = Losses(0.05) with { Candidate = new double[3] };
        var decision = await _registry.PromoteAsync(await CandidateAsync(null, unequal, auc: double.NaN), Policy, "champion", Token);
        Assert.Equal([false, false, true], decision.Gates.Select(gate => gate.Passed));
        Assert.Equal(decision.ToJson(), PromotionDecision.FromJson(decision.ToJson()).ToJson());
        Assert.Throws<FormatException>(() => PromotionDecision.FromJson("{"));
    }

    [Fact]
    public async Task Of_two_promoters_at_once_one_wins_and_the_other_is_told()
    {
        await _registry.PromoteAsync(await CandidateAsync(null, Losses(0.05)), Policy, "champion", Token);
        var candidates = new List<PromotionCandidate>();
        for (var i = 0; i < 8; i++)
        {
            candidates.Add(await CandidateAsync(1, Losses(0.05)));
        }

        using var start = new Barrier(candidates.Count);
        var attempts = candidates.Select(candidate => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait(Token);
                try
                {
                    return (candidate.Version.Number, (await _registry.PromoteAsync(candidate, Policy, "champion", Token)).Approved);
                }
                catch (MlOpsException error) when (error.Code == ErrorCodes.AliasConflict)
                {
                    return (candidate.Version.Number, false);
                }
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap());
        var results = await Task.WhenAll(attempts);
        var winner = Assert.Single(results, result => result.Item2);
        Assert.Equal(winner.Number, (await _registry.GetAsync("m@champion", Token)).Number);
        Assert.Equal(2, (await _store.ListAsync("m", Token)).Count(entry => entry.Action == "alias-moved"));
    }
}
