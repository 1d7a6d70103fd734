namespace MlOps.Statistics.Tests.Streaming;

/// <summary>The detectors of errors and means against their papers' formulas, evaluated from the whole history at every value.</summary>
public sealed class ErrorDetectorTests
{
    private delegate DetectorState Judge(List<double> history);

    [Fact]
    public void Ddm_is_its_formula_on_the_whole_history() => Check(new Ddm(), Detectors.Errors(1, 2_500), history =>
    {
        var (leastP, leastS, rates) = (double.PositiveInfinity, double.PositiveInfinity, Means(history));
        var state = DetectorState.None;
        for (var n = 31; n <= history.Count; n++)
        {
            var p = rates[n];
            var s = Math.Sqrt(p * (1 - p) / n);
            (leastP, leastS) = p + s <= leastP + leastS ? (p, s) : (leastP, leastS);
            state = p + s > leastP + (3 * leastS) ? DetectorState.Drift : p + s > leastP + (2 * leastS) ? DetectorState.Warning : DetectorState.None;
        }

        return state;
    });

    [Fact]
    public void Eddm_is_its_formula_on_the_whole_history() => Check(new Eddm(), Detectors.Errors(2, 2_500), history =>
    {
        var distances = new List<double>();
        var (last, most, state) = (0, -1.0, DetectorState.None);
        for (var n = 1; n <= history.Count; n++)
        {
            if (history[n - 1] == 0)
            {
                continue;
            }

            distances.Add(n - last);
            last = n;
            var mean = distances.Average();
            var deviation = distances.Count > 1 ? Math.Sqrt(distances.Sum(d => (d - mean) * (d - mean)) / (distances.Count - 1)) : 0;
            var reach = mean + (2 * deviation);
            if (n > 30 && reach > most * (1 + 1e-12))
            {
                most = reach;
            }
            else if (n > 30 && distances.Count > 30)
            {
                state = reach / most < 0.9 ? DetectorState.Drift : reach / most < 0.95 ? DetectorState.Warning : DetectorState.None;
            }
        }

        return state;
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HddmA_is_its_formula_on_the_whole_history(bool twoSided) =>
        Check(new HddmA(twoSided: twoSided), Detectors.Errors(3, 2_500), history =>
        {
            var bound = (int n) => Math.Sqrt(Math.Log(1000) / (2.0 * n));
            var means = Means(history);
            var n = history.Count;
            // The last of equal cuts, as later values replace the cut when they are as good.
            var rise = Enumerable.Range(1, n).Reverse().MinBy(k => means[k] + bound(k));
            var fall = Enumerable.Range(1, n).Reverse().MaxBy(k => means[k] - bound(k));
            bool Beyond(double difference, int k, double c) =>
                k < n && difference > 0 && difference >= Math.Sqrt((n - k) / (2.0 * k * n) * Math.Log(2 / c));
            bool At(double c) => Beyond(means[n] - means[rise], rise, c) || (twoSided && Beyond(means[fall] - means[n], fall, c));
            return At(0.001) ? DetectorState.Drift : At(0.005) ? DetectorState.Warning : DetectorState.None;
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HddmW_is_its_formula_on_the_whole_history(bool twoSided) =>
        Check(new HddmW(twoSided: twoSided), Detectors.Errors(4, 3_000), history =>
        {
            double Bound(double weights, double c) => Math.Sqrt(weights * Math.Log(1 / c) / 2);
            var (n, totals) = (history.Count, Weighted(history));
            var rise = Enumerable.Range(0, n).MinBy(k => totals[k].Mean + Bound(totals[k].Squares, 0.001));
            var fall = Enumerable.Range(0, n).MaxBy(k => totals[k].Mean - Bound(totals[k].Squares, 0.001));
            bool At(double c)
            {
                var (up, down) = (false, false);
                if (rise < n - 1)
                {
                    var since = Weighted(history[(rise + 1)..])[^1];
                    up = since.Mean - totals[rise].Mean > Bound(since.Squares + totals[rise].Squares, c);
                }

                if (twoSided && fall < n - 1)
                {
                    var since = Weighted(history[(fall + 1)..])[^1];
                    down = totals[fall].Mean - since.Mean > Bound(since.Squares + totals[fall].Squares, c);
                }

                return up || down;
            }

            return At(0.001) ? DetectorState.Drift : At(0.005) ? DetectorState.Warning : DetectorState.None;
        });

    [Fact]
    public void Fhddm_is_its_formula_on_the_whole_history() => Check(new Fhddm(), Detectors.Errors(5, 2_500), history =>
    {
        if (history.Count < 100)
        {
            return DetectorState.None;
        }

        // As the paper has it, on correct answers.
        var accuracies = Enumerable.Range(0, history.Count - 99).Select(i => 1 - history.Skip(i).Take(100).Average()).ToList();
        return accuracies.Max() - accuracies[^1] > Math.Sqrt(Math.Log(1e6) / 200) ? DetectorState.Drift : DetectorState.None;
    });

    [Fact]
    public void Ecdd_is_its_formula_on_the_whole_history() => Check(new Ecdd(), Detectors.Errors(6, 2_500), history =>
    {
        var n = history.Count;
        if (n < 30)
        {
            return DetectorState.None;
        }

        var p = history.Average();
        var z = history.Select((x, i) => 0.2 * Math.Pow(0.8, n - 1 - i) * x).Sum();
        var s = Math.Sqrt(p * (1 - p) * 0.2 / 1.8 * (1 - Math.Pow(0.8, 2 * n)));
        var l = 3.97 - (6.56 * p) + (48.73 * Math.Pow(p, 3)) - (330.13 * Math.Pow(p, 5)) + (848.18 * Math.Pow(p, 7));
        return z > p + (l * s) ? DetectorState.Drift : z > p + (l * s / 2) ? DetectorState.Warning : DetectorState.None;
    });

    [Fact]
    public void Stepd_is_the_test_of_equal_proportions_at_every_value() => Check(new Stepd(), Detectors.Errors(7, 2_500), history =>
    {
        if (history.Count < 60)
        {
            return DetectorState.None;
        }

        var (recent, older) = (history.TakeLast(30).ToList(), history.SkipLast(30).ToList());
        var rate = history.Average();
        var reciprocal = (1.0 / 30) + (1.0 / older.Count);
        var z = (recent.Average() - older.Average() - (reciprocal / 2)) / Math.Sqrt(rate * (1 - rate) * reciprocal);
        return z > 2.7477813854449926 ? DetectorState.Drift : z > 1.6448536269514722 ? DetectorState.Warning : DetectorState.None;
    });

    [Theory]
    [InlineData(1, ShiftDirection.Up)]
    [InlineData(1, ShiftDirection.Both)]
    [InlineData(0.999, ShiftDirection.Down)]
    public void Page_Hinkley_is_its_formula_on_the_whole_history(double alpha, ShiftDirection direction) =>
        Check(new PageHinkley(alpha: alpha, direction: direction), Detectors.Steps(8, 2_500), history =>
        {
            var (n, means) = (history.Count, Means(history));
            double Reach(int sign)
            {
                // How far the sum has come from its least value.
                var (sum, least) = (0.0, double.PositiveInfinity);
                for (var i = 1; i <= n; i++)
                {
                    sum = (alpha * sum) + (sign * (history[i - 1] - means[i])) - 0.005;
                    least = Math.Min(least, sum);
                }

                return sum - least;
            }

            var reach = Math.Max(direction == ShiftDirection.Down ? 0 : Reach(1), direction == ShiftDirection.Up ? 0 : Reach(-1));
            return n >= 30 && reach > 50 ? DetectorState.Drift : DetectorState.None;
        });

    [Fact]
    public void Cusum_is_its_formula_on_the_whole_history() => Check(new Cusum(), Detectors.Steps(9, 2_500), history =>
    {
        var (sum, most, means) = (0.0, 0.0, Means(history));
        for (var i = history.Count; i >= 1; i--)
        {
            sum += history[i - 1] - means[i] - 0.005;
            most = Math.Max(most, sum);
        }

        return history.Count >= 30 && most > 50 ? DetectorState.Drift : DetectorState.None;
    });

    [Fact]
    public void Ewma_is_its_formula_on_the_whole_history() => Check(new Ewma(threshold: 0.3), Detectors.Steps(10, 2_500), history =>
    {
        var (n, means) = (history.Count, Means(history));
        var z = Enumerable.Range(1, n).Sum(i => 0.01 * Math.Pow(0.99, n - i) * (history[i - 1] - means[i]));
        return n >= 30 && z > 0.3 ? DetectorState.Drift : DetectorState.None;
    });

    // A detector begins anew after a drift, and so does the history.
    private static void Check(IDriftDetector detector, double[] stream, Judge judge)
    {
        var history = new List<double>();
        var drifts = 0;
        foreach (var value in stream)
        {
            history.Add(value);
            var expected = judge(history);
            Assert.True(expected == detector.Update(value), $"Value {history.Count} since drift {drifts}: {expected} expected, {detector.State} found.");
            if (expected == DetectorState.Drift)
            {
                drifts++;
                history.Clear();
            }
        }

        Assert.InRange(drifts, 1, 1_000);
    }

    /// <summary>The mean of the first n values, by n.</summary>
    private static double[] Means(List<double> history)
    {
        var (means, sum) = (new double[history.Count + 1], 0.0);
        for (var n = 1; n <= history.Count; n++)
        {
            sum += history[n - 1];
            means[n] = sum / n;
        }

        return means;
    }

    /// <summary>Weights 0.05 · 0.95^age, and 0.95^age for the first value: their sum over the values and that of their squares, by n.</summary>
    private static List<(double Mean, double Squares)> Weighted(List<double> history)
    {
        var result = new List<(double Mean, double Squares)> { (history[0], 1) };
        foreach (var value in history.Skip(1))
        {
            result.Add(((0.05 * value) + (0.95 * result[^1].Mean), 0.0025 + (0.95 * 0.95 * result[^1].Squares)));
        }

        return result;
    }
}
