namespace MlOps.Statistics;

/// <summary>A fitted <see cref="LogisticRegression"/>.</summary>
public sealed class LogisticRegressionModel : IDomainModel
{
    private readonly ColumnScaling _scaling;
    private readonly double[] _weights;

    internal LogisticRegressionModel(ColumnScaling scaling, double[] weights)
    {
        _scaling = scaling;
        _weights = weights;
        Coefficients = weights[1..];
        ColumnImportance = Array.ConvertAll(weights[1..], Math.Abs);
    }

    /// <summary>The change in log-odds for one standard deviation of each column; 0 for a constant one.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>The log-odds of a row at the mean of every column.</summary>
    public double Intercept => _weights[0];

    /// <inheritdoc />
    public IReadOnlyList<double> ColumnImportance { get; }

    /// <summary>Writes every row's log-odds of being of the current sample.</summary>
    /// <exception cref="ArgumentException">The columns differ from the fitted ones, or the destination is too short.</exception>
    public void Score(SampleMatrix rows, Span<double> scores)
    {
        ModelInput.Check(rows, Coefficients.Count, scores);
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            var score = _weights[0];
            for (var c = 0; c < row.Length; c++)
            {
                score += _weights[c + 1] * _scaling.Of(row[c], c);
            }

            scores[i] = score;
        }
    }
}
