namespace MlOps.Statistics;

public sealed partial class FittedReference
{
    private const uint Tag = 0x5246_4C4D; // "MLFR"

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of a newer format.</exception>
    public static FittedReference Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "fitted reference");
        var representation = (ReferenceRepresentation)reader.Count();
        var missing = reader.Rows(0);
        var reference = representation switch
        {
            ReferenceRepresentation.ExactValues => ReadExact(ref reader, missing),
            ReferenceRepresentation.QuantileCells => ReadCells(ref reader, missing),
            ReferenceRepresentation.Categories => ReadCategories(ref reader, missing),
            ReferenceRepresentation.HashedCategories => new FittedReference(
                DriftColumnKind.Categorical, missing, [], [], null, 0, ReadCounts(ref reader, reader.Length(1), missing)),
            _ => throw PayloadReader.Damaged(),
        };
        reader.End();
        return reference;
    }

    /// <summary>
    /// The reference as bytes: versioned, checksummed, the same on every machine; some kilobytes unless the options ask for more.
    /// </summary>
    public byte[] ToArray() => [.. _bytes];

    private static FittedReference ReadExact(ref PayloadReader reader, long missing)
    {
        var maximumCells = MaximumCellsOf(ref reader);
        var values = DistinctValues.Read(ref reader, missing);
        return new FittedReference(missing, values, maximumCells);
    }

    private static FittedReference ReadCells(ref PayloadReader reader, long missing)
    {
        var maximumCells = MaximumCellsOf(ref reader);
        var least = BitConverter.UInt64BitsToDouble(reader.Fixed());
        var most = BitConverter.UInt64BitsToDouble(reader.Fixed());
        var edges = DistinctValues.ReadValues(ref reader);
        var counts = ReadCounts(ref reader, edges.Length + 1, missing);
        return least <= most && edges.Length > 0
            ? new FittedReference(DriftColumnKind.Numeric, missing, edges, [], null, maximumCells, counts, least, most)
            : throw PayloadReader.Damaged();
    }

    private static FittedReference ReadCategories(ref PayloadReader reader, long missing)
    {
        var names = new string[reader.Length(2)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.Text();
            if (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0)
            {
                throw PayloadReader.Damaged();
            }
        }

        return new FittedReference(DriftColumnKind.Categorical, missing, [], names, null, 0, ReadCounts(ref reader, names.Length, missing));
    }

    private static int MaximumCellsOf(ref PayloadReader reader) =>
        reader.Count() is >= 16 and <= int.MaxValue and var cells ? (int)cells : throw PayloadReader.Damaged();

    private static long[] ReadCounts(ref PayloadReader reader, int length, long missing)
    {
        var counts = new long[length];
        var total = missing;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.Rows(total);
            total += counts[i];
        }

        return counts;
    }

    private byte[] Write()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count((long)Representation);
        writer.Count(MissingCount);
        switch (Representation)
        {
            case ReferenceRepresentation.ExactValues:
                writer.Count(_maximumCells);
                _exact!.Write(writer);
                return writer.Complete();
            case ReferenceRepresentation.QuantileCells:
                writer.Count(_maximumCells);
                writer.Fixed(BitConverter.DoubleToUInt64Bits(Least));
                writer.Fixed(BitConverter.DoubleToUInt64Bits(Most));
                DistinctValues.WriteValues(writer, Edges);
                break;
            case ReferenceRepresentation.Categories:
                writer.Count(Names.Length);
                foreach (var name in Names)
                {
                    writer.Text(name);
                }

                break;
            default:
                writer.Count(Counts.Length);
                break;
        }

        foreach (var count in Counts)
        {
            writer.Count(count);
        }

        return writer.Complete();
    }
}
