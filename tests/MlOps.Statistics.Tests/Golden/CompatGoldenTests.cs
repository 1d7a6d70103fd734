using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden;

/// <summary>The published formulas in NumPy and SciPy, made by Compat/make_golden.py.</summary>
public sealed class CompatGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "Compat", "golden.json"))).RootElement;

    [Fact]
    public void The_numbers_of_other_tools_defaults_are_those_of_their_published_formulas()
    {
        foreach (var row in Golden.GetProperty("rows").EnumerateArray())
        {
            var draws = new Draws((ulong)row.GetProperty("seed").GetInt32());
            var levels = row.GetProperty("levels").GetInt32();
            var x = WithGaps(Values(draws, row.GetProperty("n").GetInt32(), levels, 0), row.GetProperty("gaps").GetInt32());
            var y = Values(draws, row.GetProperty("m").GetInt32(), levels, row.GetProperty("shift").GetDouble());
            var evidently = EvidentlyDefaults.Numeric(x, y);
            var nannyml = NannyMLDefaults.Numeric(x, y);

            Assert.Equal(row.GetProperty("evidently").GetString(), evidently.Test);
            Close(row, "value", evidently.Value);
            Close(row, "psi", EvidentlyDefaults.PopulationStabilityIndex(x, y));

            // NumPy's sum of logarithms cancels where the distance is small, and the root doubles the digits lost; the sum here does not.
            Close(row, "jensenShannon", EvidentlyDefaults.JensenShannonDistance(x, y), absolute: 1e-12);
            Close(row, "nannyml", nannyml.Value, absolute: 1e-12);
            Close(row, "threshold", nannyml.Threshold);
            if (levels is > 0)
            {
                var categories = NannyMLDefaults.Categorical(Names(x), Names(y));
                Close(row, "categoryNannyml", categories.Value, absolute: 1e-8);
                Close(row, "categoryThreshold", categories.Threshold);
            }

            if (levels is > 0 and <= 5)
            {
                Assert.Equal(evidently.Value, EvidentlyDefaults.Categorical(Names(x), Names(y)).Value, 1e-12);
            }
        }
    }

    [Fact]
    public void A_comparison_shows_this_verdict_and_theirs_and_an_empty_side_is_no_drift()
    {
        var draws = new Draws(77);
        double[] x = draws.Normals(2000), y = [.. draws.Normals(2000, 1), 1e9];
        var comparison = CompatComparison.Numeric("fare", x, y);
        Assert.True(comparison.Drift.HasDrift);
        Assert.Equal(2, comparison.Others.Count);
        Assert.Contains("Evidently 0.7.21 wasserstein", comparison.ToString(), StringComparison.Ordinal);
        Assert.Contains("NannyML 0.13.1 jensen_shannon", comparison.ToString(), StringComparison.Ordinal);
        Assert.All(CompatComparison.Numeric("fare", x, [double.NaN]).Others, other => Assert.False(other.HasDrift));
        Assert.All(CompatComparison.Categorical("plan", ["a", null], []).Others, other => Assert.False(other.HasDrift));
    }

    private static double[] Values(Draws draws, int count, int levels, double shift)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var u = draws.Uniform();
            values[i] = levels > 0 ? Math.Floor(u * u * levels) : (u * u) + shift;
        }

        return values;
    }

    private static double[] WithGaps(double[] values, int every)
    {
        var tenth = values.Length / 10;
        return every == 0 ? values : [.. values.Select((v, i) => i % every == 0 || (i >= tenth && i < 2 * tenth) ? double.NaN : v)];
    }

    private static IEnumerable<string> Names(double[] values) => values.Select(value => "v" + value);

    private static void Close(JsonElement row, string name, double found, double absolute = 1e-15)
    {
        var expected = row.GetProperty(name).GetDouble();
        Assert.True(
            Math.Abs(expected - found) <= (1e-10 * Math.Abs(expected)) + absolute, $"{name}: expected {expected}, found {found} in {row}");
    }
}
