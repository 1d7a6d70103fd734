namespace MlOps.Statistics.Tests.Streaming;

public sealed class RddmTests
{
    [Theory]
    [InlineData(129, 1.773, 2.258, 40_000, 7_000, 1_400, 1)]
    [InlineData(20, 1.5, 3, 300, 100, 40, 2)]
    [InlineData(20, 0.5, 4, 500, 300, 15, 3)]
    public void Each_answer_is_that_of_the_rules_on_stored_values(
        int warmUp, double warning, double drift, int maxConcept, int minConcept, int warningLimit, ulong seed)
    {
        var detector = new Rddm(warmUp, warning, drift, maxConcept, minConcept, warningLimit);
        var oracle = new Oracle(warmUp, warning, drift, maxConcept, minConcept, warningLimit);
        foreach (var value in Detectors.Errors(seed, 12_000, 1_500))
        {
            Assert.Equal(oracle.Update(value), detector.Update(value));
        }

        Assert.InRange(oracle.Drifts, 2, 2_000);
    }

    [Fact]
    public void A_long_concept_is_cut_so_that_a_change_late_in_a_stream_is_seen_sooner_than_by_the_whole_past()
    {
        var (reactive, deaf) = (Delay(new Rddm(driftThreshold: 3, warningThreshold: 2)), Delay(new Ddm(warmUp: 128)));

        Assert.True(reactive < deaf, $"{reactive} values against {deaf}.");
    }

    private static int Delay(IDriftDetector detector)
    {
        // Errors at fixed places, so that no false alarm shortens the past.
        for (var i = 0; i < 110_000; i++)
        {
            detector.Update(i % 10 == 9 ? 1 : 0);
        }

        var delay = 0;
        while (detector.Update(delay % 5 == 4 ? 1 : 0) != DetectorState.Drift)
        {
            delay++;
        }

        return delay;
    }

    /// <summary>The paper's algorithm on lists: what is stored, the statistics' own values, and the warnings in a row.</summary>
    private sealed class Oracle(int warmUp, double warning, double drift, int maxConcept, int minConcept, int warningLimit)
    {
        private List<double> _stored = [];
        private List<double> _counted = [];
        private double _leastP = double.PositiveInfinity;
        private double _leastS = double.PositiveInfinity;
        private int _warnings;
        private bool _drifted;
        private bool _long;

        public int Drifts { get; private set; }

        public DetectorState Update(double value)
        {
            if (_drifted || _long)
            {
                _counted = [.. _stored];
                if (_drifted)
                {
                    (_leastP, _leastS) = (double.PositiveInfinity, double.PositiveInfinity);
                    for (var n = warmUp; n <= _counted.Count; n++)
                    {
                        Minimum(_counted.Take(n).Average(), n);
                    }
                }

                (_drifted, _long, _warnings) = (false, false, 0);
            }

            _stored = [.. _stored.Append(value).TakeLast(minConcept)];
            _counted.Add(value);
            if (_counted.Count < warmUp)
            {
                return DetectorState.None;
            }

            var p = _counted.Sum() / _counted.Count;
            var s = Minimum(p, _counted.Count);
            if (p + s > _leastP + (drift * _leastS))
            {
                return Drift(_warnings + 1);
            }

            if (p + s > _leastP + (warning * _leastS))
            {
                return _warnings++ >= warningLimit ? Drift(1) : DetectorState.Warning;
            }

            _warnings = 0;
            _long = _counted.Count >= maxConcept;
            return DetectorState.None;
        }

        private DetectorState Drift(int keep)
        {
            Drifts++;
            _drifted = true;
            _stored = [.. _stored.TakeLast(keep)];
            return DetectorState.Drift;
        }

        private double Minimum(double p, int n)
        {
            var s = Math.Sqrt(p * (1 - p) / n);
            (_leastP, _leastS) = p + s < _leastP + _leastS ? (p, s) : (_leastP, _leastS);
            return s;
        }
    }
}
