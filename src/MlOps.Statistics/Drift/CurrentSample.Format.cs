namespace MlOps.Statistics;

public sealed partial class CurrentSample
{
    private const uint Tag = 0x5343_4C4D; // "MLCS"

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, of a newer format, or were counted against another reference.</exception>
    public static CurrentSample Read(FittedReference reference, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var reader = new PayloadReader(bytes, Tag, "current sample");
        if (reader.Fixed() != reference.Checksum)
        {
            throw new FormatException("This sample was counted against another reference; give the one it was started from.");
        }

        var sample = new CurrentSample(reference, reader.Text()) { MissingCount = reader.Rows(0), _overflow = reader.Rows(0) };
        sample.Count = sample._overflow;
        for (var i = 0; i < sample._counts.Length; i++)
        {
            sample._counts[i] = reader.Rows(sample.Count);
            sample.Count += sample._counts[i];
        }

        (sample._least, sample._most) = (BitConverter.UInt64BitsToDouble(reader.Fixed()), BitConverter.UInt64BitsToDouble(reader.Fixed()));
        var added = reader.Length(2);
        for (var i = 0; i < added; i++)
        {
            var name = reader.Text();
            var count = reader.Rows(sample.Count);
            sample.Count += count;
            if (!sample._added.TryAdd(name, count))
            {
                throw PayloadReader.Damaged();
            }
        }

        reader.End();
        return sample;
    }

    /// <summary>The counts as bytes, bound to the reference by its checksum.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Fixed(_reference.Checksum);
        writer.Text(_column);
        writer.Count(MissingCount);
        writer.Count(_overflow);
        foreach (var count in _counts)
        {
            writer.Count(count);
        }

        writer.Fixed(BitConverter.DoubleToUInt64Bits(_least));
        writer.Fixed(BitConverter.DoubleToUInt64Bits(_most));
        writer.Count(_added.Count);
        foreach (var (name, count) in _added)
        {
            writer.Text(name);
            writer.Count(count);
        }

        return writer.Complete();
    }
}
