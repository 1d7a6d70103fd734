using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Multivariate drift by principal components: fitted on a reference, it tells when current rows no longer follow the reference's correlations.</summary>
/// <remarks>
/// <para>Columns are standardised by the fitted rows (after moving values beyond twenty interquartile ranges from a quartile there, so that one value decides
/// nothing), a missing value stands at the mean, constant columns are 0. The components are the eigenvectors of the covariance with the greatest eigenvalues;
/// a row's error is the Euclidean distance from its projection onto them. Source: NannyML's documentation of data reconstruction with PCA.</para>
/// <para>Errors of rows that were fitted are too small; current errors are therefore tested against those of reference rows held out of the fit, which is exact for any
/// model: given the fit, both are samples of one distribution where nothing differs. Linear relations alone are seen. Immutable: safe to share between threads.</para>
/// </remarks>
public sealed class ReconstructionError
{
    private const int Block = 1024;

    private readonly ColumnScaling _scaling;
    private readonly double[] _residual;
    private readonly double[] _heldErrors;
    private readonly double[][] _heldColumnErrors;

    private ReconstructionError(ColumnScaling scaling, double[] residual, int columns, int components, double explained, SampleMatrix held)
    {
        _scaling = scaling;
        _residual = residual;
        Columns = columns;
        Components = components;
        ExplainedVariance = explained;
        (_heldErrors, _heldColumnErrors) = Errors(held);
    }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of principal components kept.</summary>
    public int Components { get; }

    /// <summary>The share of the fitted rows' variance that the components explain; NaN where all columns are constant.</summary>
    public double ExplainedVariance { get; }

    /// <summary>Fits standardisation and components on a random part of the reference and measures the errors of the rest.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than four rows.</exception>
    public static ReconstructionError Fit(SampleMatrix reference, ReconstructionOptions? options = null)
    {
        options ??= new ReconstructionOptions();
        CheckShare(options.ExplainedVariance, nameof(options.ExplainedVariance));
        CheckShare(options.HeldOutShare, nameof(options.HeldOutShare));
        if (reference.Rows < 4)
        {
            throw new ArgumentException($"The reference has {reference.Rows} rows; give at least 4, two to fit and two to hold out.", nameof(reference));
        }

        var random = new SplitMix64((ulong)options.Seed);
        var order = SampleRows.Shuffled(reference.Rows, ref random);
        var heldCount = Math.Clamp((int)(reference.Rows * options.HeldOutShare), 2, reference.Rows - 2);
        var fitted = Rows(reference, order.AsSpan(0, reference.Rows - heldCount));
        var held = Rows(reference, order.AsSpan(reference.Rows - heldCount));
        var fittedRows = new SampleMatrix(fitted, reference.Columns);
        var scaling = new ColumnScaling(fittedRows);
        var columns = reference.Columns;
        var (values, vectors) = SymmetricEigen.Of(Covariance(scaling.ByColumn(fittedRows), fittedRows.Rows, columns), columns);
        var (components, explained) = Kept(values, options.ExplainedVariance);
        return new ReconstructionError(
            scaling, Residual(vectors, components, columns), columns, components, explained, new SampleMatrix(held, columns));
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
            throw new ArgumentException($"The reference has {Columns} columns and the current rows have {current.Columns}.", nameof(current));
        }

        var (errors, columnErrors) = Errors(current);
        var test = KolmogorovSmirnov.Test(_heldErrors, errors);
        return new ReconstructionResult
        {
            ReferenceError = Moments.Of(_heldErrors).Mean,
            CurrentError = Moments.Of(errors).Mean,
            Statistic = test.Statistic,
            PValue = test.PValue,
            Columns = [.. Enumerable.Range(0, Columns).Select(c => new ReconstructionColumn(
                c, Moments.Of(_heldColumnErrors[c]).Mean, Moments.Of(columnErrors[c]).Mean,
                KolmogorovSmirnov.Test(_heldColumnErrors[c], columnErrors[c]).Statistic)).OrderByDescending(c => c.Statistic)],
        };
    }

    /// <summary>Each row's error, and each column's absolute error by row.</summary>
    private (double[] Rows, double[][] ByColumn) Errors(SampleMatrix rows)
    {
        var scaled = _scaling.ByColumn(rows);
        var count = rows.Rows;
        var errors = new double[count];
        var byColumn = new double[Columns][];
        for (var c = 0; c < Columns; c++)
        {
            byColumn[c] = new double[count];
        }

        for (var start = 0; start < count; start += Block)
        {
            var length = Math.Min(Block, count - start);
            var sum = errors.AsSpan(start, length);
            for (var c = 0; c < Columns; c++)
            {
                var left = byColumn[c].AsSpan(start, length);
                for (var other = 0; other < Columns; other++)
                {
                    TensorPrimitives.MultiplyAdd(scaled.AsSpan((other * count) + start, length), _residual[(c * Columns) + other], left, left);
                }

                TensorPrimitives.MultiplyAdd(left, left, sum, sum);
                TensorPrimitives.Abs(left, left);
            }

            TensorPrimitives.Sqrt(sum, sum);
        }

        return (errors, byColumn);
    }

    private static double[] Covariance(double[] byColumn, int rows, int columns)
    {
        var covariance = new double[columns * columns];
        for (var c = 0; c < columns; c++)
        {
            for (var other = 0; other <= c; other++)
            {
                covariance[(c * columns) + other] = covariance[(other * columns) + c] =
                    TensorPrimitives.Dot(byColumn.AsSpan(c * rows, rows), byColumn.AsSpan(other * rows, rows)) / rows;
            }
        }

        return covariance;
    }

    /// <summary>The fewest components that explain more than the wanted share, at least one.</summary>
    private static (int Components, double Explained) Kept(double[] values, double share)
    {
        double total = values.Sum(v => Math.Max(0, v)), sum = 0;
        var components = 0;
        while (components < values.Length && (components == 0 || sum / total < share))
        {
            sum += Math.Max(0, values[components++]);
        }

        return (components, total > 0 ? sum / total : double.NaN);
    }

    /// <summary>I - WᵀW, which takes a row to what the components leave over.</summary>
    private static double[] Residual(double[] vectors, int components, int columns)
    {
        var residual = new double[columns * columns];
        for (var c = 0; c < columns; c++)
        {
            for (var other = 0; other < columns; other++)
            {
                double sum = c == other ? 1 : 0;
                for (var k = 0; k < components; k++)
                {
                    sum -= vectors[(k * columns) + c] * vectors[(k * columns) + other];
                }

                residual[(c * columns) + other] = sum;
            }
        }

        return residual;
    }

    private static double[] Rows(SampleMatrix matrix, ReadOnlySpan<int> chosen)
    {
        var rows = new double[chosen.Length * matrix.Columns];
        for (var i = 0; i < chosen.Length; i++)
        {
            matrix[chosen[i]].CopyTo(rows.AsSpan(i * matrix.Columns));
        }

        return rows;
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "The share lies between 0 and 1.");
        }
    }
}
