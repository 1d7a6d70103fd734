using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Statistics.Tests.Golden;

namespace MlOps.Statistics.Tests.Streaming;

/// <summary>The detectors against where river's and MOA's change their answers, value for value (Golden/Streaming).</summary>
public sealed class PeerGoldenTests
{
    private const int Count = 6_000;
    private static readonly JsonElement _river = GoldenFile.Read("Streaming/river.json");

    [Fact]
    public void Drifts_and_warnings_come_where_those_of_river_come() =>
        Assert.Multiple([.. _river.GetProperty("rows").EnumerateArray().Select(row => new Action(() =>
        {
            var detector = Create(row);
            Assert.Equal(row.GetProperty("changes").GetString(), Changes(detector.Update, Stream(detector, Seed(row))));
        }))]);

    [Fact]
    public void Drifts_and_warnings_come_where_those_of_MOA_come() =>
        Assert.Multiple([.. GoldenFile.Read("Streaming/moa.json").EnumerateArray().Select(row => new Action(() =>
        {
            var detector = Create(row);
            var stream = Stream(detector, Seed(row), row.GetProperty("count").GetInt32(), row.GetProperty("length").GetInt32());
            Assert.Equal(row.GetProperty("changes").GetString(), Changes(detector.Update, stream));
        }))]);

    [Fact]
    public void Adwin_sees_these_changes_no_later_than_river_which_counts_some_old_buckets_as_new()
    {
        foreach (var row in _river.GetProperty("adwin").EnumerateArray())
        {
            var delta = row.GetProperty("delta").GetDouble();
            var expected = row.GetProperty("changes").GetString()!;
            var (detector, oracle) = (new Adwin(delta), new AdwinOracle(delta, 32, 5, 5, 10, asRiver: true));
            var stream = Stream(detector, Seed(row));

            Assert.Equal(expected, Changes(value => oracle.Update(value) ? DetectorState.Drift : DetectorState.None, stream));
            Assert.InRange(First(Changes(detector.Update, stream)), 0, First(expected));
        }
    }

    [Fact]
    public void The_first_drift_of_Kswin_is_that_of_river_on_the_same_draws()
    {
        foreach (var row in _river.GetProperty("kswin").EnumerateArray())
        {
            var detector = new Kswin(row.GetProperty("alpha").GetDouble(), seed: Seed(row));
            var stream = Stream(detector, Seed(row)).AsSpan(row.GetProperty("start").GetInt32());
            Assert.Equal(row.GetProperty("drift").GetInt32(), First(Changes(detector.Update, stream)));
        }
    }

    private static ulong Seed(JsonElement row) => row.GetProperty("seed").GetUInt64();

    private static IDriftDetector Create(JsonElement row) => row.GetProperty("detector").GetString() switch
    {
        "HddmA" => new HddmA(twoSided: row.GetProperty("both").GetBoolean()),
        "PageHinkley" => new PageHinkley(
            alpha: row.GetProperty("alpha").GetDouble(), direction: Enum.Parse<ShiftDirection>(row.GetProperty("direction").GetString()!)),
        "Ewma" => new Ewma(threshold: 0.3),
        var name => Detectors.All[name!].Create(),
    };

    // The numbers are made by exact arithmetic alone, so that every platform has the same.
    private static double[] Stream(IDriftDetector detector, ulong seed, int count = Count, int length = 700)
    {
        if (detector is not (Adwin or Kswin or PageHinkley or Cusum or Ewma))
        {
            return Detectors.Errors(seed, count, length);
        }

        double[] means = [0, 1.5, -1];
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(i => means[i / length % 3] + (3.5 * (draws.Uniform() - 0.5)))];
    }

    private static string Changes(Func<double, DetectorState> update, ReadOnlySpan<double> stream)
    {
        var (changes, last) = (new StringBuilder(), DetectorState.None);
        for (var i = 0; i < stream.Length; i++)
        {
            var state = update(stream[i]);
            if (state != last)
            {
                changes.Append(CultureInfo.InvariantCulture, $" {i}{"nwd"[(int)state]}");
                last = state;
            }
        }

        return changes.ToString().TrimStart();
    }

    private static int First(string changes)
    {
        var drift = changes.Split(' ').FirstOrDefault(change => change.EndsWith('d'));
        return drift is null ? -1 : int.Parse(drift[..^1], CultureInfo.InvariantCulture);
    }
}
