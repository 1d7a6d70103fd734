using System.Buffers.Binary;

namespace MlOps.Statistics.Tests.Drift;

/// <summary>Changed bytes under a checksum that is right again: what is read is a sound object, or the error that is documented.</summary>
public sealed class PayloadFuzzTests
{
    private const int Inputs = 24_000;
    private const long MostBytes = 4_000_000;

    [Fact]
    public void Any_bytes_give_a_sound_object_or_a_format_exception()
    {
        var draws = new Draws(20_261);
        var categories = FittedReference.FitCategorical(["a", "b", null, "a", "c"]);
        var numbers = FittedReference.FitNumeric(draws.Normals(40));
        var cells = FittedReference.FitNumeric(draws.Normals(300), new FittedReferenceOptions { MaximumCells = 64, MaximumExactValues = 0 });
        var hashed = FittedReference.FitCategorical(["a", "b", "c", null, "d"], new FittedReferenceOptions { MaximumCategories = 3 });
        var whole = FittedReference.FitNumeric([1, 2, 3, 3, double.PositiveInfinity, -0.0, double.NaN]);
        var counted = cells.StartSample();
        counted.Add(draws.Normals(50));
        var named = categories.StartSample();
        named.Add(["a", "new", null, "newer"]);
        var baseline = new FittedBaseline([new("n", numbers), new("c", categories), new("h", hashed)]);
        (byte[] Bytes, Action<byte[]> Use)[] cases =
        [
            (numbers.ToArray(), bytes => Use(FittedReference.Read(bytes))),
            (whole.ToArray(), bytes => Use(FittedReference.Read(bytes))),
            (cells.ToArray(), bytes => Use(FittedReference.Read(bytes))),
            (categories.ToArray(), bytes => Use(FittedReference.Read(bytes))),
            (hashed.ToArray(), bytes => Use(FittedReference.Read(bytes))),
            (counted.ToArray(), bytes => Use(CurrentSample.Read(cells, bytes), cells)),
            (named.ToArray(), bytes => Use(CurrentSample.Read(categories, bytes), categories)),
            (baseline.ToArray(), bytes => Use(FittedBaseline.Read(bytes))),
        ];
        int read = 0, refused = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var (bytes, use) = cases[i % cases.Length];
            var changed = Change(draws, bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                use(changed);
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        // Both happen, or the changes are too coarse to test either.
        Assert.InRange(read, Inputs / 50, Inputs);
        Assert.InRange(refused, Inputs / 50, Inputs);
    }

    private static byte[] Change(Draws draws, byte[] bytes)
    {
        var body = bytes[..^8].ToList();
        for (var times = 1 + draws.Below(3); times > 0; times--)
        {
            // The tag and the version stay in seven of eight.
            var at = Math.Min(body.Count - 1, draws.Below(8) == 0 ? draws.Below(body.Count) : 5 + draws.Below(body.Count - 5));
            switch (draws.Below(6))
            {
                case 0:
                    body[at] ^= (byte)(1 << draws.Below(8));
                    break;
                case 1:
                    body[at] = (byte)draws.Below(256);
                    break;
                case 2:
                    body.RemoveRange(at, Math.Min(body.Count - at, 1 + draws.Below(9)));
                    break;
                case 3:
                    // The largest numbers that the format can write.
                    body.InsertRange(at, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)draws.Below(256)]);
                    break;
                case 4:
                    body.InsertRange(at, body.Skip(at).Take(1 + draws.Below(12)).ToArray());
                    break;
                default:
                    body[at] = (byte)(draws.Below(2) == 0 ? 0 : 0xFF);
                    break;
            }

            while (body.Count < 6)
            {
                body.Add((byte)draws.Below(256));
            }
        }

        var result = new byte[body.Count + 8];
        body.CopyTo(result);
        var checksum = PayloadWriter.Checksum(result.AsSpan(0, body.Count));
        BinaryPrimitives.WriteUInt64LittleEndian(result.AsSpan(body.Count), draws.Below(50) == 0 ? checksum + 1 : checksum);
        return result;
    }

    private static void Use(FittedReference reference)
    {
        Assert.True(reference.Count >= 0 && reference.MissingCount >= 0);
        Assert.Equal(reference.ToArray(), FittedReference.Read(reference.ToArray()).ToArray());
        var sample = reference.StartSample();
        if (reference.Kind == DriftColumnKind.Numeric)
        {
            sample.Add([-1, 0, 0.5, double.NaN, double.PositiveInfinity]);
            Assert.InRange(reference.MaximumStatisticError, 0, 1);
        }
        else
        {
            sample.Add(["a", "z", null]);
        }

        Use(sample, reference);
    }

    private static void Use(CurrentSample sample, FittedReference reference)
    {
        Assert.Equal(sample.ToArray(), CurrentSample.Read(reference, sample.ToArray()).ToArray());
        Assert.NotEqual("", sample.Compare().Reason);
        if (reference.Kind == DriftColumnKind.Numeric)
        {
            Assert.True(sample.Distances().Count >= 0);
        }
    }

    private static void Use(FittedBaseline baseline)
    {
        foreach (var column in baseline.Columns)
        {
            Use(baseline[column]);
        }
    }
}
