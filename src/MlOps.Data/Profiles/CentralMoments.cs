using System.Numerics;
using System.Runtime.InteropServices;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>The first four moments of numbers, with their range; parts add up (Pébay, 2008).</summary>
/// <param name="Count">The numbers; NaN are none.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Rest">What the mean lost in rounding: beside a large offset, means of parts differ by less than a digit of theirs.</param>
/// <param name="Second">The sum of squares around the mean.</param>
/// <param name="Third">The sum of cubes around the mean.</param>
/// <param name="Fourth">The sum of fourth powers around the mean.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
internal readonly record struct CentralMoments(
    long Count, double Mean, double Rest, double Second, double Third, double Fourth, double Minimum, double Maximum)
{
    public double Variance => Count < 2 ? double.NaN : Second / (Count - 1);

    /// <summary>The population's skewness, g₁; NaN where all numbers are equal.</summary>
    public double Skewness => IsConstant ? double.NaN : Math.Sqrt(Count) * Third / Math.Pow(Second, 1.5);

    /// <summary>The population's excess kurtosis, g₂: 0 for a normal distribution; NaN where all numbers are equal.</summary>
    public double Kurtosis => IsConstant ? double.NaN : (Count * Fourth / (Second * Second)) - 3;

    // By the range: the sums around a rounded mean need not be 0.
    private bool IsConstant => Minimum == Maximum;

    /// <summary>Measures a run of numbers; short ones stay in the first-level cache for the second look.</summary>
    public static CentralMoments Of(ReadOnlySpan<double> values)
    {
        var moments = Moments.Of(values);
        if (moments.Count == 0)
        {
            return default;
        }

        var (third, fourth) = double.IsFinite(moments.Mean) ? Powers(values, moments.Mean) : (double.NaN, double.NaN);
        var second = moments.Count < 2 ? 0 : moments.Variance * (moments.Count - 1);
        return new CentralMoments(moments.Count, moments.Mean, 0, second, third, fourth, moments.Minimum, moments.Maximum);
    }

    public CentralMoments Merge(CentralMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double left = Count, right = other.Count;
        var all = left + right;
        var delta = other.Mean - Mean + (other.Rest - Rest);
        var unit = delta / all;
        var (mean, rest) = double.IsFinite(delta)
            ? Sum(Mean, Rest + (unit * right)) : ((Mean * (left / all)) + (other.Mean * (right / all)), 0);
        var between = delta == 0 ? 0 : delta * unit * left * right;
        return new CentralMoments(
            Count + other.Count,
            mean,
            rest,
            Second + other.Second + between,
            Third + other.Third + (between * unit * (left - right)) + (3 * unit * ((left * other.Second) - (right * Second))),
            Fourth + other.Fourth + (between * unit * unit * ((left * left) - (left * right) + (right * right)))
                + (6 * unit * unit * ((left * left * other.Second) + (right * right * Second)))
                + (4 * unit * ((left * other.Third) - (right * Third))),
            Math.Min(Minimum, other.Minimum),
            Math.Max(Maximum, other.Maximum));
    }

    private static (double Sum, double Lost) Sum(double mean, double rest)
    {
        var sum = mean + rest;
        return (sum, double.IsFinite(sum) ? mean - sum + rest : 0);
    }

    /// <summary>The sums of cubes and of fourth powers around a centre; NaN adds nothing.</summary>
    internal static (double Third, double Fourth) Powers(ReadOnlySpan<double> values, double centre)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var around = new Vector<double>(centre);
        var (thirds, fourths) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            var difference = Vector.ConditionalSelect(Vector.Equals(vector, vector), vector - around, Vector<double>.Zero);
            var square = difference * difference;
            thirds += square * difference;
            fourths += square * square;
        }

        var (third, fourth) = (Vector.Sum(thirds), Vector.Sum(fourths));
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            var difference = double.IsNaN(value) ? 0 : value - centre;
            third += difference * difference * difference;
            fourth += difference * difference * difference * difference;
        }

        return (third, fourth);
    }
}
