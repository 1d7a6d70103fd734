using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Streaming;

public sealed class DetectorContractTests
{
    public static TheoryData<string> Names => Detectors.Names;

    public static TheoryData<string> BinaryNames => Detectors.BinaryNames;

    public static TheoryData<string> MeanNames => Detectors.MeanNames;

    [Property(MaxTest = 60)]
    public void A_detector_that_was_stored_goes_on_exactly_as_the_one_that_was_not(uint seed, ushort before, ushort after)
    {
        foreach (var (name, (create, read, _)) in Detectors.All)
        {
            var stream = Detectors.Stream(name, seed, (before % 2_500) + (after % 1_500));
            var lasting = create();
            Feed(lasting, stream.AsSpan(0, before % 2_500));
            var restored = read(lasting.ToArray());

            Assert.Equal(lasting.State, restored.State);
            Assert.Equal(lasting.ToArray(), restored.ToArray());
            foreach (var value in stream.AsSpan(before % 2_500))
            {
                Assert.Equal(lasting.Update(value), restored.Update(value));
            }

            Assert.Equal(lasting.ToArray(), restored.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_value_changes_nothing_and_raises_no_alarm(string name)
    {
        var (gappy, whole) = (Detectors.All[name].Create(), Detectors.All[name].Create());
        foreach (var value in Detectors.Stream(name, 5, 2_000))
        {
            Assert.Equal(whole.Update(value), gappy.Update(value));
            Assert.Equal(DetectorState.None, gappy.Update(double.NaN));
            Assert.Equal(whole.State, gappy.State);
        }

        Assert.Equal(whole.ToArray(), gappy.ToArray());
    }

    [Theory]
    [MemberData(nameof(MeanNames))]
    public void A_value_that_has_no_part_in_a_mean_changes_nothing(string name)
    {
        var (gappy, whole) = (Detectors.All[name].Create(), Detectors.All[name].Create());
        foreach (var value in Detectors.Stream(name, 6, 1_000))
        {
            whole.Update(value);
            gappy.Update(value);
            foreach (var extreme in new[] { double.PositiveInfinity, double.NegativeInfinity, 1e308, -1.1e100 })
            {
                Assert.Equal(DetectorState.None, gappy.Update(extreme));
            }
        }

        Assert.Equal(whole.ToArray(), gappy.ToArray());
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void What_is_no_error_is_refused_and_changes_nothing(string name)
    {
        var detector = Detectors.All[name].Create();
        Feed(detector, Detectors.Errors(7, 500));
        var before = detector.ToArray();

        foreach (var value in new[] { -0.1, 1.1, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => detector.Update(value));
        }

        Assert.Equal(before, detector.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_detector_that_was_reset_is_as_new(string name)
    {
        var detector = Detectors.All[name].Create();
        Feed(detector, Detectors.Stream(name, 8, 2_345));
        detector.Reset();

        Assert.Equal(DetectorState.None, detector.State);
        var again = Detectors.All[name].Create();
        foreach (var value in Detectors.Stream(name, 9, 1_500))
        {
            Assert.Equal(again.Update(value), detector.Update(value));
        }

        Assert.Equal(again.ToArray(), detector.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_allocates_nothing(string name)
    {
        var detector = Detectors.All[name].Create();
        var stream = Detectors.Stream(name, 10, 3_000);
        Feed(detector, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(detector, stream);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bytes_are_refused(string name)
    {
        var (create, read, _) = Detectors.All[name];
        var detector = create();
        Feed(detector, Detectors.Stream(name, 11, 300));
        var bytes = detector.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Throws<FormatException>(() => read(bytes));
            bytes[i] ^= 0x10;
        }

        Assert.Throws<FormatException>(() => read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<FormatException>(() => read([]));
        foreach (var (other, _) in Detectors.All.Where(entry => entry.Key != name))
        {
            Assert.Throws<FormatException>(() => Detectors.All[other].Read(bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_detector_of_impossible_parameters_is_refused(string name)
    {
        // The first byte after the header belongs to a parameter in every format; a sound checksum must not make an impossible one pass.
        var (create, read, _) = Detectors.All[name];
        var bytes = create().ToArray();
        bytes.AsSpan(5, 8).Fill(0xFF);
        SignedBytes.Sign(bytes);

        Assert.Throws<FormatException>(() => read(bytes));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_thousand_damaged_forms_with_sound_checksums_are_refused_or_give_a_detector_that_works(string name)
    {
        var (create, read, _) = Detectors.All[name];
        var detector = create();
        Feed(detector, Detectors.Stream(name, 12, 600));
        var more = Detectors.Stream(name, 13, 40);
        SignedBytes.AreRefusedOrUsable(detector.ToArray(), bytes => read(bytes), restored =>
        {
            Feed(restored, more);
            restored.ToArray();
            restored.Reset();
        });
    }

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        Func<object>[] constructions =
        [
            () => new Adwin(delta: 0), () => new Adwin(delta: double.NaN), () => new Adwin(clock: 0), () => new Adwin(maxBuckets: 1),
            () => new Adwin(minWindow: 0), () => new Ddm(warningThreshold: 4), () => new Ddm(driftThreshold: double.PositiveInfinity),
            () => new Eddm(warningRatio: 0.8), () => new Eddm(driftRatio: 0), () => new HddmA(driftConfidence: 0.01),
            () => new HddmA(warningConfidence: 1), () => new HddmW(lambda: 1), () => new HddmW(driftConfidence: 0.1), () => new Fhddm(window: 0),
            () => new Fhddm(delta: 2), () => new PageHinkley(alpha: 1.5), () => new PageHinkley(threshold: 0),
            () => new PageHinkley(direction: (ShiftDirection)3), () => new Cusum(delta: -1), () => new Cusum(target: double.NaN),
            () => new Ewma(alpha: 0), () => new Ecdd(warningLevel: 1), () => new Stepd(driftLevel: 0.1), () => new Stepd(warningLevel: 0.5),
            () => new Rddm(maxConcept: 7_000), () => new Rddm(warmUp: 0), () => new Kswin(recent: 51), () => new Kswin(alpha: 0),
        ];

        Assert.All(constructions, construction => Assert.Throws<ArgumentOutOfRangeException>(construction));
    }

    private static void Feed(IDriftDetector detector, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            detector.Update(value);
        }
    }
}
