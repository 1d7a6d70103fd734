namespace MlOps.Statistics.Tests;

/// <summary>Stored forms that were damaged before their checksum was made, as by a fault of the writer.</summary>
internal static class SignedBytes
{
    private const int Trials = 20_000;
    private const int Header = 5;
    private const long MostBytes = 64 << 20;

    /// <summary>Writes the checksum of the bytes before the last eight into those: a mix of all words of eight bytes, written anew here.</summary>
    public static void Sign(Span<byte> bytes)
    {
        var body = bytes[..^8];
        var state = (ulong)body.Length;
        Span<byte> word = stackalloc byte[8];
        for (; !body.IsEmpty; body = body[Math.Min(8, body.Length)..])
        {
            word.Clear();
            body[..Math.Min(8, body.Length)].CopyTo(word);
            var z = (state ^ BitConverter.ToUInt64(word)) + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            state = z ^ (z >> 31);
        }

        BitConverter.TryWriteBytes(bytes[^8..], state);
    }

    /// <summary>Each damaged form is a <see cref="FormatException"/>, or what it gives must work; neither takes much memory.</summary>
    public static void AreRefusedOrUsable<T>(byte[] good, Func<byte[], T> read, Action<T> use)
    {
        var draws = new Draws((ulong)good.Length);
        var usable = 0;
        for (var i = 0; i < Trials; i++)
        {
            byte[] bytes = draws.Below(10) == 0 ? [.. good.AsSpan(0, Header + draws.Below(good.Length - Header)), .. new byte[8]] : [.. good];
            var body = bytes.Length - 8;
            for (var changes = 1 + draws.Below(3); changes > 0 && body > Header; changes--)
            {
                // Half of the damage goes to the head, where parameters and lengths are; half of it is by one.
                var at = Header + draws.Below(draws.Below(2) == 0 ? Math.Min(40, body - Header) : body - Header);
                bytes[at] = draws.Below(2) == 0 ? (byte)draws.Next() : (byte)(bytes[at] + (draws.Below(2) == 0 ? 1 : -1));
            }

            Sign(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                use(read(bytes));
                usable++;
            }
            catch (FormatException)
            {
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.InRange(usable, 1, Trials - 1);
    }
}
