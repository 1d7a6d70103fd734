namespace MlOps.Statistics;

/// <summary>Folds for any classifier: the rows it learns from and those it scores are copied out for it.</summary>
internal sealed class CopiedFolds(double[] values, int columns, IDomainClassifier classifier) : IFoldedRows
{
    private int[][] _members = [];
    private bool[] _labels = [];

    public void Arrange(int[][] members, ReadOnlySpan<bool> labels) => (_members, _labels) = (members, labels.ToArray());

    public void Score(int held, ReadOnlySpan<bool> learned, Span<double> scores)
    {
        // In the order of the table, which classifiers that sample or sum see.
        var rows = new List<int>();
        for (var fold = 0; fold < _members.Length; fold++)
        {
            rows.AddRange(learned[fold] ? _members[fold] : []);
        }

        rows.Sort();
        var model = classifier.Fit(new SampleMatrix(Rows([.. rows]), columns), [.. rows.Select(i => _labels[i])]);
        model.Score(new SampleMatrix(Rows(_members[held]), columns), scores);
    }

    public IDomainModel FitAll(int folds) => classifier.Fit(new SampleMatrix(values, columns), _labels);

    private double[] Rows(int[] chosen)
    {
        var copy = new double[chosen.Length * columns];
        for (var i = 0; i < chosen.Length; i++)
        {
            values.AsSpan(chosen[i] * columns, columns).CopyTo(copy.AsSpan(i * columns));
        }

        return copy;
    }
}
