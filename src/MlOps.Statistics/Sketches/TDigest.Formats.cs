namespace MlOps.Statistics;

/// <content>The own binary form.</content>
public sealed partial class TDigest
{
    private const uint Tag = 0x4754444D; // "MDTG"

    /// <summary>Writes the compact, versioned and checksummed form; what is buffered is taken in first.</summary>
    public byte[] ToArray()
    {
        Flush();
        var writer = new PayloadWriter(Tag);
        writer.Count(Compression);
        writer.Count(MissingCount);
        writer.Count(_negativeInfinities);
        writer.Count(_positiveInfinities);
        writer.Fixed(BitConverter.DoubleToUInt64Bits(_minimum));
        writer.Fixed(BitConverter.DoubleToUInt64Bits(_maximum));
        writer.Count(_centroids);
        for (var i = 0; i < _centroids; i++)
        {
            writer.Fixed(BitConverter.DoubleToUInt64Bits(_means[i]));
            writer.Count(_weights[i]);
        }

        return writer.Complete();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of another version.</exception>
    public static TDigest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "t-digest");
        var compression = reader.Count();
        if (compression is < 20 or > 10_000)
        {
            throw PayloadReader.Damaged();
        }

        var digest = new TDigest((int)compression) { MissingCount = reader.Count() };
        digest._negativeInfinities = reader.Count();
        digest._positiveInfinities = reader.Count();
        digest._minimum = BitConverter.UInt64BitsToDouble(reader.Fixed());
        digest._maximum = BitConverter.UInt64BitsToDouble(reader.Fixed());
        digest._centroids = reader.Length(sizeof(double) + 1);
        if (digest._centroids > digest._means.Length)
        {
            throw PayloadReader.Damaged();
        }

        var previous = digest._minimum;
        for (var i = 0; i < digest._centroids; i++)
        {
            var mean = BitConverter.UInt64BitsToDouble(reader.Fixed());
            var weight = reader.Count();
            var inOrder = mean >= previous && mean <= digest._maximum;
            if (!inOrder || !double.IsFinite(mean) || weight < 1 || weight > (long.MaxValue / 4) - digest._finite)
            {
                throw PayloadReader.Damaged();
            }

            (digest._means[i], digest._weights[i]) = (mean, weight);
            digest._finite += weight;
            previous = mean;
        }

        reader.End();
        var extremesFit = digest._centroids == 0
            ? double.IsPositiveInfinity(digest._minimum) && double.IsNegativeInfinity(digest._maximum)
            : double.IsFinite(digest._minimum) && double.IsFinite(digest._maximum);
        var infinities = Math.Max(digest._negativeInfinities, digest._positiveInfinities);
        return extremesFit && infinities <= long.MaxValue / 4 ? digest : throw PayloadReader.Damaged();
    }
}
