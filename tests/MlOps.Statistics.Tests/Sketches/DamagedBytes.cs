namespace MlOps.Statistics.Tests.Sketches;

/// <summary>What every reader of a checksummed form must do with bytes that were not written for it.</summary>
internal static class DamagedBytes
{
    /// <summary>Cuts, lengthens, flips and overwrites good bytes, and makes up others; each must be a <see cref="FormatException"/>.</summary>
    public static void AreRefused<T>(byte[] good, Func<byte[], T> read)
    {
        var draws = new Draws((ulong)good.Length);
        for (var i = 0; i < 100; i++)
        {
            var cut = good[..draws.Below(good.Length)];
            var flipped = (byte[])good.Clone();
            flipped[draws.Below(good.Length)] ^= (byte)(1 << draws.Below(8));
            var overwritten = (byte[])good.Clone();
            for (var at = draws.Below(good.Length); at < good.Length && draws.Below(4) > 0; at++)
            {
                overwritten[at] = (byte)draws.Next();
            }

            var madeUp = new byte[draws.Below(200)];
            foreach (ref var value in madeUp.AsSpan())
            {
                value = (byte)draws.Next();
            }

            Assert.Throws<FormatException>(() => read(cut));
            Assert.Throws<FormatException>(() => read(flipped));
            Assert.Throws<FormatException>(() => read([.. good, (byte)draws.Next()]));
            Assert.Throws<FormatException>(() => read(madeUp));
            if (!overwritten.AsSpan().SequenceEqual(good))
            {
                Assert.Throws<FormatException>(() => read(overwritten));
            }
        }

        var newer = (byte[])good.Clone();
        newer[4]++;
        Assert.Contains("Update MlOps.Statistics", Assert.Throws<FormatException>(() => read(newer)).Message, StringComparison.Ordinal);
    }

    /// <summary>Overwrites a few bytes of a form without a checksum: refused by name, or <paramref name="use"/> must work.</summary>
    public static void AreRefusedOrUsable<T>(byte[] good, Func<byte[], T> read, Action<T> use, int trials = 800)
    {
        var draws = new Draws((ulong)good.Length);
        for (var i = 0; i < trials; i++)
        {
            var bytes = draws.Below(8) == 0 ? good[..draws.Below(good.Length)] : (byte[])good.Clone();
            for (var changes = 1 + draws.Below(3); changes > 0 && bytes.Length > 0; changes--)
            {
                // Half of the damage goes to the head, where lengths and counts are.
                bytes[draws.Below(draws.Below(2) == 0 ? Math.Min(48, bytes.Length) : bytes.Length)] = (byte)draws.Next();
            }

            T sketch;
            try
            {
                sketch = read(bytes);
            }
            catch (FormatException)
            {
                continue;
            }

            use(sketch);
        }
    }
}
