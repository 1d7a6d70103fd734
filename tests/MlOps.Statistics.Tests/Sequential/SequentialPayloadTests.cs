using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sequential;

public sealed class SequentialPayloadTests
{
    private delegate Stored Reader(ReadOnlySpan<byte> bytes);

    [Property(MaxTest = 40)]
    public void What_was_stored_goes_on_exactly_as_what_was_not(uint seed, ushort before, ushort after)
    {
        foreach (var (create, read) in All())
        {
            var lasting = create();
            Feed(lasting, new Draws(seed), before % 600);
            var restored = read(lasting.Bytes());
            Assert.Equal(lasting.Bytes(), restored.Bytes());
            Feed(lasting, new Draws(seed + 1UL), after % 600);
            Feed(restored, new Draws(seed + 1UL), after % 600);

            Assert.Equal(lasting.Bytes(), restored.Bytes());
        }
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        foreach (var (create, read) in All())
        {
            var stored = create();
            Feed(stored, new Draws(1), 200);
            var bytes = stored.Bytes();
            for (var i = 0; i < bytes.Length; i += 1 + (bytes.Length / 200))
            {
                bytes[i] ^= 0x04;
                Assert.Throws<FormatException>(() => read(bytes));
                bytes[i] ^= 0x04;
            }

            Assert.Throws<FormatException>(() => read(bytes.AsSpan(0, bytes.Length - 1)));
        }
    }

    [Fact]
    public void What_was_reset_is_as_new_and_an_update_allocates_nothing()
    {
        foreach (var (create, _) in All())
        {
            var stored = create();
            Feed(stored, new Draws(2), 500);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                stored.Update(0.25, 0.75);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            stored.Reset();
            Assert.Equal(create().Bytes(), stored.Bytes());
        }
    }

    private static void Feed(Stored stored, Draws draws, int count)
    {
        for (var i = 0; i < count; i++)
        {
            stored.Update(draws.Uniform(), draws.Uniform());
        }
    }

    private static IEnumerable<(Func<Stored> Create, Reader Read)> All() =>
    [
        (() => Of(new BettingMeanTest(0.4, tunedFor: 0.01)), bytes => Of(BettingMeanTest.Read(bytes))),
        (() => Of(new PairedBettingTest(-1, 2, ShiftDirection.Up)), bytes => Of(PairedBettingTest.Read(bytes))),
        (() => Of(PairedBettingTest.OnSigns()), bytes => Of(PairedBettingTest.Read(bytes))),
        (() => Of(new BernoulliTwoSampleTest()), bytes => Of(BernoulliTwoSampleTest.Read(bytes))),
        (() => Of(new NormalMixtureTest(0.3, 0.4)), bytes => Of(NormalMixtureTest.Read(bytes))),
        (() => Of(new NormalMixtureSequence(0.3)), bytes => Of(NormalMixtureSequence.Read(bytes))),
        (() => Of(new EmpiricalBernsteinSequence(0.1, -1, 2)), bytes => Of(EmpiricalBernsteinSequence.Read(bytes))),
        (() => Of(new BettingSequence(0.1, -1, 2, 50)), bytes => Of(BettingSequence.Read(bytes))),
    ];

    private static Stored Of(BettingMeanTest test) => new((x, _) => test.Update(x), test.Reset, test.ToArray);

    private static Stored Of(PairedBettingTest test) => new((x, y) => test.Update(x, y), test.Reset, test.ToArray);

    private static Stored Of(BernoulliTwoSampleTest test) => new((x, y) => test.Update(x < 0.5, y < 0.3), test.Reset, test.ToArray);

    private static Stored Of(NormalMixtureTest test) => new((x, _) => test.Update(x), test.Reset, test.ToArray);

    private static Stored Of(IConfidenceSequence sequence) => new((x, _) => sequence.Update(x), sequence.Reset, sequence.ToArray);

    private sealed record Stored(Action<double, double> Update, Action Reset, Func<byte[]> Bytes);
}
