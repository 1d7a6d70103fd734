namespace MlOps.Statistics.Tests.Multivariate;

/// <summary>
/// Seeded trials without any drift: a nominal 5 % must flag about one in twenty; two thousand trials tell it to half a per cent.
/// </summary>
public sealed class FalseAlarmTests
{
    private const int Trials = 2000;

    [Fact]
    public void The_maximum_mean_discrepancy_keeps_its_level() => Holds(Trials, draws => MaximumMeanDiscrepancy.Test(
        new SampleMatrix(draws.Normals(75), 3), new SampleMatrix(draws.Normals(60), 3), new MmdOptions { Permutations = 99 }).PValue);

    [Fact]
    public void The_discrepancy_in_linear_time_keeps_its_level() => Holds(Trials, draws => MaximumMeanDiscrepancy.LinearTime(
        new SampleMatrix(draws.Normals(900), 3), new SampleMatrix(draws.Normals(1200), 3), bandwidth: 2).PValue);

    [Fact]
    public void The_domain_classifier_by_logistic_regression_keeps_its_level() => Holds(Trials, draws => Classified(
        draws, new DomainClassifierOptions { Classifier = new LogisticRegression() }));

    [Fact]
    public void The_domain_classifier_by_trees_keeps_its_level() => Holds(Trials, draws => Classified(
        draws, new DomainClassifierOptions { Classifier = new GradientBoostedTrees { Trees = 10, Depth = 2 } }));

    [Fact]
    public void The_domain_classifier_by_permutation_keeps_its_level() => Holds(Trials, draws => Classified(
        draws, new DomainClassifierOptions { Classifier = new LogisticRegression(), Folds = 2, Permutations = 39 }, rows: 30));

    [Fact]
    public void The_error_of_reconstruction_keeps_its_level() => Holds(Trials, draws => ReconstructionError
        .Fit(new SampleMatrix(Tables.Normals(draws, 400, 4, 0.8), 4))
        .Compare(new SampleMatrix(Tables.Normals(draws, 230, 4, 0.8), 4)).PValue);

    private static double Classified(Draws draws, DomainClassifierOptions options, int rows = 100) => DomainClassifier.Test(
        new SampleMatrix(Tables.Normals(draws, rows, 3, 0.5), 3),
        new SampleMatrix(Tables.Normals(draws, rows - 10, 3, 0.5), 3),
        options).PValue;

    private static void Holds(int trials, Func<Draws, double> pValue) => Assert.InRange(Tables.Alarms(trials, pValue), 0.035, 0.065);
}
