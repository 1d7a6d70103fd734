using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Multivariate drift by principal components: it tells when current rows no longer follow the reference's correlations.</summary>
/// <remarks>
/// <para>Columns are standardised by the fitted rows (after moving values beyond twenty interquartile ranges from a quartile there, so that
/// one value decides nothing), a missing value stands at the mean, constant columns are 0. The components are the eigenvectors of the
/// covariance with the greatest eigenvalues; a row's error is the Euclidean distance from its projection onto them. Source: NannyML's
/// documentation of data reconstruction with PCA.</para>
/// <para>Errors of rows that were fitted are too small; current errors are therefore tested against those of reference rows held out of the
/// fit, which is exact for any model: given the fit, both are samples of one distribution where nothing differs. Linear relations alone are
/// seen. Immutable: safe to share between threads.</para>
/// </remarks>
public sealed class ReconstructionError
{
    private readonly ColumnScaling _scaling;
    private readonly ResidualProjection _residual;
    private readonly ErrorSample _held;
    private readonly ErrorSample[] _heldByColumn;

    private ReconstructionError(ColumnScaling scaling, ResidualProjection residual, int columns, double[] heldByColumn)
    {
        _scaling = scaling;
        _residual = residual;
        Columns = columns;
        var (errors, byColumn) = residual.Of(heldByColumn);
        var held = errors.Length;
        _held = new ErrorSample(errors);
        _heldByColumn = [.. Enumerable.Range(0, columns).Select(c => new ErrorSample(byColumn.AsSpan(c * held, held)))];
    }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of principal components kept.</summary>
    public int Components => _residual.Components;

    /// <summary>The share of the fitted rows' variance that the components explain; NaN where all columns are constant.</summary>
    public double ExplainedVariance => _residual.Explained;

    /// <summary>Fits standardisation and components on a random part of the reference and measures the errors of the rest.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than four rows.</exception>
    public static ReconstructionError Fit(SampleMatrix reference, ReconstructionOptions? options = null)
    {
        options ??= new ReconstructionOptions();
        CheckShare(options.ExplainedVariance, nameof(options.ExplainedVariance));
        CheckShare(options.HeldOutShare, nameof(options.HeldOutShare));
        if (reference.Rows < 4)
        {
            throw new ArgumentException(
                $"The reference has {reference.Rows} rows; give at least 4, two to fit and two to hold out.", nameof(reference));
        }

        var random = new SplitMix64((ulong)options.Seed);
        var order = SampleRows.Shuffled(reference.Rows, ref random);
        var heldCount = Math.Clamp((int)(reference.Rows * options.HeldOutShare), 2, reference.Rows - 2);
        var columns = reference.Columns;
        var fitted = SampleRows.ByColumn(reference, order.AsSpan(0, reference.Rows - heldCount));
        var held = SampleRows.ByColumn(reference, order.AsSpan(reference.Rows - heldCount));
        var scaling = new ColumnScaling(fitted, columns);
        scaling.Apply(fitted);
        scaling.Apply(held);
        return new ReconstructionError(scaling, ResidualProjection.Fit(fitted, columns, options.ExplainedVariance), columns, held);
    }

    /// <summary>Writes each row's error, the length of what the components leave over, in standard deviations.</summary>
    /// <exception cref="ArgumentException">The columns differ from the reference's, or the destination is too short.</exception>
    public void PerRow(SampleMatrix rows, Span<double> destination)
    {
        ModelInput.Check(rows, Columns, destination);
        Errors(rows).Rows.CopyTo(destination);
    }

    /// <summary>Compares current rows with the reference rows held out.</summary>
    /// <exception cref="ArgumentException">The columns differ from the reference's.</exception>
    public ReconstructionResult Compare(SampleMatrix current)
    {
        if (current.Columns != Columns)
        {
            throw new ArgumentException(
                $"The reference has {Columns} columns and the current rows have {current.Columns}.", nameof(current));
        }

        var (errors, byColumn) = Errors(current);
        var test = _held.Test(errors);
        var columns = new ReconstructionColumn[Columns];
        for (var c = 0; c < Columns; c++)
        {
            var own = byColumn.AsSpan(c * errors.Length, errors.Length);
            columns[c] = new ReconstructionColumn(c, _heldByColumn[c].Mean, Moments.Of(own).Mean, _heldByColumn[c].DistanceTo(own));
        }

        return new ReconstructionResult
        {
            ReferenceError = _held.Mean,
            CurrentError = Moments.Of(errors).Mean,
            Statistic = test.Statistic,
            PValue = test.PValue,
            Columns = [.. columns.OrderByDescending(c => c.Statistic)],
        };
    }

    private (double[] Rows, double[] ByColumn) Errors(SampleMatrix rows)
    {
        var byColumn = SampleRows.ByColumn(rows);
        _scaling.Apply(byColumn);
        return _residual.Of(byColumn);
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "The share lies between 0 and 1.");
        }
    }
}
