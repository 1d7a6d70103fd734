using MlOps.Statistics;

namespace MlOps.Benchmarks.Peers;

/// <summary>A row of the comparison over tables: the same work here and in peers_tables.py.</summary>
/// <param name="Name">The function's key in peers_tables.py.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="Peer">What the peer calls.</param>
/// <param name="Rows">The rows of each sample.</param>
/// <param name="Columns">The columns of both.</param>
/// <param name="Bar">The least ratio that this library promises.</param>
/// <param name="Tolerance">How far the results may lie apart, relatively: 0.02 where each side draws its own folds or rows to hold out.</param>
/// <param name="Work">What is timed; what it returns must be what the peer returns.</param>
internal sealed record TableCase(
    string Name, string Title, string Peer, int Rows, int Columns, double Bar, double Tolerance, TableWork Work)
{
    public static IReadOnlyList<TableCase> All { get; } =
    [
        new("mmd", "MMD, 100 permutations", "NumPy, permutations as one product", 2_000, 50, 3, 1e-6, (x, y) =>
            MaximumMeanDiscrepancy.Test(x, y, new MmdOptions { Permutations = 100, Bandwidth = 5 }).Statistic),
        new("logistic", "domain classifier, logistic regression, five folds", "scikit-learn cross_val_score", 20_000, 20, 1, 0.02, (x, y) =>
            DomainClassifier.Test(x, y, new DomainClassifierOptions { Classifier = new LogisticRegression() }).Auc),
        new("trees", "domain classifier, boosted trees, five folds", "scikit-learn HistGradientBoosting", 20_000, 20, 1, 0.02, (x, y) =>
            DomainClassifier.Test(x, y).Auc),
        new("pca", "PCA reconstruction, fitted and compared", "scikit-learn StandardScaler, PCA", 20_000, 20, 1, 0.02, (x, y) =>
            ReconstructionError.Fit(x).Compare(y).CurrentError),
        new("pca", "PCA reconstruction, fitted and compared", "scikit-learn StandardScaler, PCA", 20_000, 100, 1, 0.02, (x, y) =>
            ReconstructionError.Fit(x).Compare(y).CurrentError),
    ];
}
