using MlOps.Data.Profiles.Storage;
using MlOps.Data.Schemas;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>Reads and writes profile files.</summary>
internal static class ProfileFile
{
    private const int Format = 1;

    private static readonly ProfileJson Json = new(JsonFile.Options(System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals));

    public static byte[] Write(DataProfile profile) => JsonFile.Bytes(
        new ProfileDocument
        {
            Format = Format,
            Name = profile.Name,
            RowCount = profile.RowCount,
            Columns = [.. profile.Columns.Select(column => Written(column.Sketch))],
            Correlations = profile.CorrelationTable is { } table
                ? new CorrelationDocument { Columns = table.Columns, Pairs = [.. table.Pairs.SelectMany(row => row)] }
                : null,
        },
        Json.ProfileDocument);

    public static DataProfile Read(ReadOnlyMemory<byte> bytes, string where, DataProfileOptions options)
    {
        var document = JsonFile.Read(bytes, Json.ProfileDocument, Format, where, ErrorCodes.FileCorrupt);
        try
        {
            var columns = document.Columns.Select(column => Read(column, document.RowCount)).ToArray();
            if (columns.DistinctBy(column => column.Name, StringComparer.Ordinal).Count() != columns.Length)
            {
                throw new FormatException("Two columns have the same name.");
            }

            return new DataProfile(document.Name, document.RowCount, columns, Read(document.Correlations), options);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw Corrupt($"{where} is wrong: {error.Message}", error);
        }
    }

    private static ColumnDocument Written(ColumnSketch sketch)
    {
        var column = new ColumnDocument
        {
            Name = sketch.Name,
            Type = ColumnKindNames.Of(sketch.Kind),
            Count = sketch.Count,
            MissingCount = sketch.MissingCount,
            Personal = sketch.IsPersonal,
        };
        return sketch switch
        {
            NumberSketch numbers => column with { Number = Written(numbers) },
            TextSketch texts => column with { Text = Written(texts) },
            TimeSketch times => column with { Time = Written(times) },
            BooleanSketch booleans => column with { TrueCount = booleans.TrueCount },
            _ => column,
        };
    }

    private static NumberDocument Written(NumberSketch numbers) => new()
    {
        Minimum = numbers.Moments.Minimum,
        Maximum = numbers.Moments.Maximum,
        Mean = numbers.Moments.Mean,
        MeanRest = numbers.Moments.Rest,
        SquareSum = numbers.Moments.Second,
        CubeSum = numbers.Moments.Third,
        FourthSum = numbers.Moments.Fourth,
        ZeroCount = numbers.ZeroCount,
        NegativeCount = numbers.NegativeCount,
        Whole = numbers.IsWhole,
        Quantiles = numbers.Quantiles.ToArray(),
        Distinct = numbers.Values.ToDataSketches(bitsPerRegister: 4),
        Top = numbers.Top?.ToArray(),
    };

    private static TextDocument Written(TextSketch texts) => new()
    {
        EmptyCount = texts.EmptyCount,
        MinLength = texts.Count == 0 ? null : texts.MinLength,
        MaxLength = texts.Count == 0 ? null : texts.MaxLength,
        TotalLength = texts.TotalLength,
        Distinct = texts.Values.ToDataSketches(bitsPerRegister: 4),
        Top = texts.Top?.ToArray(),
        Patterns = texts.Shapes.ToArray(),
    };

    private static TimeDocument Written(TimeSketch times) => new()
    {
        Earliest = times.Count == 0 ? null : new DateTimeOffset(times.FirstTicks, TimeSpan.Zero),
        Latest = times.Count == 0 ? null : new DateTimeOffset(times.LastTicks, TimeSpan.Zero),
        Distinct = times.Values.ToDataSketches(bitsPerRegister: 4),
        BinShift = times.Bins.Shift,
        FirstBin = times.Bins.First,
        Bins = times.Bins.Counts.ToArray(),
    };

    private static ColumnSketch Read(ColumnDocument column, long rows)
    {
        var kind = ColumnKindNames.Find(column.Type)
            ?? throw new FormatException($"The column '{column.Name}' has the unknown type '{column.Type}'.");
        var isWhole = kind switch
        {
            ColumnKind.Number => column.Number is not null,
            ColumnKind.Text => column.Text is not null,
            ColumnKind.Time => column.Time is not null,
            ColumnKind.Boolean => column.TrueCount is { } trues && trues >= 0 && trues <= column.Count,
            _ => true,
        };
        if (!isWhole || column.Count < 0 || column.MissingCount < 0 || column.Count + column.MissingCount != rows)
        {
            throw new FormatException($"The column '{column.Name}' contradicts its type or the number of rows.");
        }

        var sketch = kind switch
        {
            ColumnKind.Number => Read(column, column.Number!),
            ColumnKind.Text => Read(column, column.Text!),
            ColumnKind.Time => Read(column, column.Time!),
            ColumnKind.Boolean => new BooleanSketch(column.Name) { TrueCount = column.TrueCount!.Value },
            _ => ColumnSketch.For(column.Name, kind),
        };
        (sketch.Count, sketch.MissingCount, sketch.IsPersonal) = (column.Count, column.MissingCount, column.Personal);
        return sketch;
    }

    private static NumberSketch Read(ColumnDocument column, NumberDocument numbers)
    {
        var sketch = new NumberSketch(column.Name)
        {
            Moments = new CentralMoments(
                column.Count, numbers.Mean, numbers.MeanRest, numbers.SquareSum, numbers.CubeSum, numbers.FourthSum, numbers.Minimum,
                    numbers.Maximum),
            Quantiles = KllSketch.Read(numbers.Quantiles),
            Values = HyperLogLog.ReadDataSketches(numbers.Distinct),
            ZeroCount = numbers.ZeroCount,
            NegativeCount = numbers.NegativeCount,
            IsWhole = numbers.Whole,
        };
        sketch.Complete();
        sketch.Top = numbers.Top is null ? null : SpaceSaving.Read(numbers.Top);
        return sketch.Quantiles.Count == column.Count && (sketch.Top is null || sketch.Top.Count == column.Count)
            ? sketch
            : throw new FormatException($"The sketches of the column '{column.Name}' are of other values than it counts.");
    }

    private static TextSketch Read(ColumnDocument column, TextDocument texts)
    {
        var sketch = new TextSketch(column.Name);
        sketch.Complete();
        sketch.Values = HyperLogLog.ReadDataSketches(texts.Distinct);
        sketch.Top = texts.Top is null ? null : SpaceSaving.Read(texts.Top);
        sketch.Shapes = SpaceSaving.Read(texts.Patterns);
        (sketch.EmptyCount, sketch.TotalLength) = (texts.EmptyCount, texts.TotalLength);
        (sketch.MinLength, sketch.MaxLength) = (texts.MinLength ?? int.MaxValue, texts.MaxLength ?? -1);
        return (column.Count == 0) == (texts.MinLength is null) && (sketch.Top is null || sketch.Top.Count == column.Count)
            ? sketch
            : throw new FormatException($"The sketches of the column '{column.Name}' are of other values than it counts.");
    }

    private static TimeSketch Read(ColumnDocument column, TimeDocument times)
    {
        var areBins = times.Bins.Length <= TimeBins.Most && times.BinShift is >= 0 and <= 62 && times.FirstBin >= 0
            && times.FirstBin + times.Bins.Length <= (DateTimeOffset.MaxValue.UtcTicks >> times.BinShift) + 1
            && times.Bins.All(count => count >= 0) && times.Bins.Sum() == column.Count;
        return areBins && (column.Count == 0) == (times.Earliest is null) && (times.Earliest is null) == (times.Latest is null)
            ? new TimeSketch(column.Name)
            {
                FirstTicks = times.Earliest?.UtcTicks ?? long.MaxValue,
                LastTicks = times.Latest?.UtcTicks ?? long.MinValue,
                Values = HyperLogLog.ReadDataSketches(times.Distinct),
                Bins = new TimeBins(times.BinShift, times.FirstBin, times.Bins),
            }
            : throw new FormatException($"The times of the column '{column.Name}' contradict one another.");
    }

    private static CorrelationTable? Read(CorrelationDocument? document)
    {
        if (document is null)
        {
            return null;
        }

        var count = document.Columns.Count;
        if (document.Pairs.Count != count * (count - 1) / 2)
        {
            throw new FormatException($"{count} correlated columns have {count * (count - 1) / 2} pairs, not {document.Pairs.Count}.");
        }

        var pairs = document.Pairs.GetEnumerator();
        return new CorrelationTable(
            document.Columns, [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(i + 1, count - 1 - i).Select(_ =>
        {
            pairs.MoveNext();
            return pairs.Current;
        }).ToArray())]);
    }

    private static MlOpsException Corrupt(string message, Exception error) =>
        new(ErrorCodes.FileCorrupt, message + " Profile the data again.", error);
}
