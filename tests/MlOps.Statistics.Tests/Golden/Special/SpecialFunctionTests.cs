using FsCheck.Xunit;
using MlOps.Statistics.Special;

namespace MlOps.Statistics.Tests.Golden.Special;

/// <summary>Tail probabilities that mpmath gives to 60 digits, made by make_golden.py.</summary>
public sealed class SpecialFunctionTests
{
    [Fact]
    public void Tails_agree_with_high_precision_values_in_the_p_value_and_far_below_it()
    {
        var rows = GoldenFile.Read("Special/special.json").EnumerateArray().ToList();
        Assert.True(rows.Count > 200);
        foreach (var row in rows)
        {
            double[] v = [.. row.EnumerateArray().Skip(1).Select(e => e.GetDouble())];
            var found = row[0].GetString() switch
            {
                "normal" => Distributions.LogNormalUpper(v[0]),
                "chiSquared" => Distributions.LogChiSquaredUpper(v[0], v[1]),
                "student" => Distributions.LogStudentTwoSided(v[0], v[1]),
                "beta" => Beta.LogRegularized(v[0], v[1], v[2], 1 - v[2]),
                "kolmogorovOneSided" => Kolmogorov.LogOneSided(v[0], v[1]),
                "kolmogorovTwoSided" => Kolmogorov.LogSurvival(v[0], v[1]),
                _ => throw new InvalidDataException(row.ToString()),
            };
            var expected = v[^1];

            // Relative error of p where p is a double, relative error of log p below.
            Assert.True(Math.Abs(found - expected) <= 1e-12 * Math.Max(1, Math.Abs(expected) / 10), $"{row}: found {found:R}");
        }
    }

    [Property]
    public bool Upper_tails_fall(uint left, uint right, ushort freedom)
    {
        double low = (Math.Min(left, right) + 1.0) / 1e6, high = (Math.Max(left, right) + 1.0) / 1e6, df = freedom + 1.0;
        return Falls(x => Distributions.LogNormalUpper(x - 2000)) && Falls(x => Distributions.LogChiSquaredUpper(x * 10, df))
            && Falls(x => Distributions.LogStudentTwoSided(x, df)) && Falls(x => Kolmogorov.LogOneSided(df, x / 4295));

        bool Falls(Func<double, double> log) => log(high) <= log(low) + (1e-12 * Math.Max(1, Math.Abs(log(low)))) && log(low) <= 0;
    }

    [Fact]
    public void The_log_p_value_goes_on_where_the_p_value_is_zero()
    {
        var far = TestResult.FromLog(1500, Distributions.LogNormalTwoSided(1500));
        Assert.Equal(0, far.PValue);
        Assert.Equal(-1125007.5, far.LogPValue, 1.0);
        Assert.Equal(Math.Log(0.25), new TestResult(1, 0.25).LogPValue);
        Assert.Equal(double.NegativeInfinity, new TestResult(1, 0).LogPValue);
        Assert.Equal(0, TestResult.Undefined.LogPValue);
        Assert.Equal(Math.Log(0.5), (far with { PValue = 0.5 }).LogPValue);
    }
}
