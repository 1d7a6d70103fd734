namespace MlOps.Statistics.Tests.Multivariate;

public sealed class DomainClassifierTests
{
    private static readonly DomainClassifierOptions Linear = new() { Classifier = new LogisticRegression() };

    [Fact]
    public void A_flipped_correlation_is_seen_by_trees_and_its_two_columns_are_named()
    {
        var draws = new Draws(11);
        double[] x = Tables.Normals(draws, 500, 4, 0.7), y = Tables.Normals(draws, 500, 4, -0.7);
        var found = Test(x, y, 4);
        Assert.True(found.Auc > 0.75, $"{found.Auc}");
        Assert.True(found.PValue < 1e-12);
        Assert.Equal([0, 1], found.Columns.Take(2).Select(c => c.Column).Order());
        Assert.All(found.Columns, c => Assert.InRange(c.UnivariateAuc, 0.46, 0.54));
        Assert.True(Test(x, y, 4, Linear).PValue > 0.01);
        Assert.All(Enumerable.Range(0, 4), c =>
            Assert.True(KolmogorovSmirnov.Test(Tables.Column(x, 4, c), Tables.Column(y, 4, c)).PValue > 0.05));
    }

    [Fact]
    public void A_shifted_column_is_seen_by_both_classifiers_and_named()
    {
        var draws = new Draws(12);
        double[] x = draws.Normals(1500), y = Tables.Normals(draws, 500, 3, 0, shift: 1);
        foreach (var options in new[] { new DomainClassifierOptions(), Linear })
        {
            var found = Test(x, y, 3, options);
            Assert.True(found.PValue < 1e-9);
            Assert.Equal(0.76, found.Auc, 0.05);
            Assert.Equal(0, found.Columns[0].Column);
            Assert.True(found.Columns[0].UnivariateAuc > 0.7);
        }
    }

    [Fact]
    public void Any_classifier_may_stand_in_and_learns_from_the_other_folds_alone()
    {
        var draws = new Draws(17);
        double[] x = draws.Normals(200), y = draws.Normals(160, 0.8);
        var spy = new SpyClassifier();
        var found = Test(x, y, 2, new DomainClassifierOptions { Classifier = spy });
        var own = Test(x, y, 2, Linear);
        Assert.Equal(own.Auc, found.Auc, 0.02);
        Assert.Equal(own.Columns.Select(c => c.Column), found.Columns.Select(c => c.Column));
        Assert.Equal([180, 144, 144, 144, 144, 144, 36, 72, 108, 144], spy.Fitted);
    }

    [Fact]
    public void A_logistic_classifier_flags_an_index_of_many_small_shifts_and_orders_columns_by_them()
    {
        var draws = new Draws(18);
        const int Columns = 40;
        double[] x = draws.Normals(3000 * Columns), y = [.. draws.Normals(2500 * Columns).Select((v, i) => v + (i % Columns * 0.004))];
        var found = Test(x, y, Columns, Linear);
        Assert.True(found.PValue < 1e-9);
        Assert.True(found.Columns.Take(10).Average(c => c.Column) > 25);
        Assert.Equal(0.5, found.Columns.Single(c => c.Column == 0).UnivariateAuc, 0.03);
    }

    [Fact]
    public void A_changed_share_of_missing_values_is_seen_by_trees()
    {
        var draws = new Draws(13);
        double[] x = draws.Normals(1000), y = [.. draws.Normals(1000).Select(v => draws.Below(4) == 0 ? double.NaN : v)];
        Assert.True(Test(x, y, 2).PValue < 1e-6);
        Assert.True(Test(y, y, 2).PValue > 0.05);
        Assert.True(Test(y, y, 2, Linear).PValue > 0.05);
    }

    [Fact]
    public void One_extreme_value_changes_no_verdict()
    {
        var draws = new Draws(14);
        double[] x = draws.Normals(600), same = draws.Normals(600), moved = draws.Normals(600, 0.7);
        foreach (var extreme in new[] { 1e9, 1e308, -1e308, double.PositiveInfinity, double.NegativeInfinity })
        {
            x[5] = extreme;
            foreach (var options in new[] { new DomainClassifierOptions(), Linear })
            {
                Assert.True(Test(x, same, 2, options).PValue > 0.001);
                Assert.True(Test(x, moved, 2, options).PValue < 1e-6);
            }
        }
    }

    [Fact]
    public void Rows_are_too_few_or_constant_for_a_verdict()
    {
        Assert.Equal(1, Test([], [1, 2], 2).PValue);
        Assert.Equal(1, Test([1, 2, 3], [1, 2, 3], 1).PValue);
        double[] ones = [.. Enumerable.Repeat(1.0, 40)];
        Assert.Equal(1, Test(ones, ones, 2).PValue);
        Assert.Equal(0.5, Test(ones, ones, 2, Linear).Auc);
        Assert.Throws<ArgumentException>(() => Test([1, 2, 3, 4], [1, 2, 3], 2));
    }

    [Fact]
    public void Equal_seeds_give_equal_results_and_scores_of_trees_need_only_the_order_of_values()
    {
        var draws = new Draws(15);
        double[] x = draws.Normals(400), y = draws.Normals(400, 0.3);
        Assert.Equal(Test(x, y, 2).PValue, Test(x, y, 2).PValue);
        Assert.Equal(Test(x, y, 2).Auc, Test([.. x.Select(Math.Exp)], [.. y.Select(Math.Exp)], 2).Auc, 1e-12);
    }

    [Fact]
    public void Trees_learn_what_no_linear_score_can()
    {
        var draws = new Draws(16);
        double[] rows = draws.Normals(4000);
        bool[] labels = [.. rows.Chunk(2).Select(row => row[0] > 0 == row[1] > 0)];
        double[] scores = new double[2000];
        new GradientBoostedTrees().Fit(new SampleMatrix(rows, 2), labels).Score(new SampleMatrix(rows, 2), scores);
        Assert.True(RocAuc.Of(scores, labels) > 0.97);
        new LogisticRegression().Fit(new SampleMatrix(rows, 2), labels).Score(new SampleMatrix(rows, 2), scores);
        Assert.True(RocAuc.Of(scores, labels) < 0.6);
    }

    /// <summary>Logistic regression behind an interface of which nothing more is known.</summary>
    private sealed class SpyClassifier : IDomainClassifier
    {
        public List<int> Fitted { get; } = [];

        public IDomainModel Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent)
        {
            Fitted.Add(rows.Rows);
            return new LogisticRegression().Fit(rows, isCurrent);
        }
    }

    private static DomainClassifierResult Test(double[] x, double[] y, int columns, DomainClassifierOptions? options = null) =>
        DomainClassifier.Test(new SampleMatrix(x, columns), new SampleMatrix(y, columns), options);
}
