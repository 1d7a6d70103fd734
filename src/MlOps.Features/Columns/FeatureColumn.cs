using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Features.Columns;

/// <summary>Turns a feature's values into Arrow arrays of one type.</summary>
internal static class FeatureColumn
{
    /// <summary>The type that holds all values: numbers when nothing is known, and for numbers mixed with truth values.</summary>
    public static FeatureValueKind KindOf(string feature, ReadOnlySpan<FeatureValue> values, FeatureValueKind whenAllMissing)
    {
        var kind = FeatureValueKind.Missing;
        foreach (var value in values)
        {
            if (value.IsMissing || value.Kind == kind)
            {
                continue;
            }

            kind = (kind, value.Kind) switch
            {
                (FeatureValueKind.Missing, _) => value.Kind,
                (FeatureValueKind.Number, FeatureValueKind.Boolean) or (FeatureValueKind.Boolean, FeatureValueKind.Number) => FeatureValueKind.Number,
                _ => throw new MlOpsException(
                    ErrorCodes.ColumnType, $"The feature '{feature}' has {kind} values in some rows and {value.Kind} values in others: make it one type."),
            };
        }

        return kind != FeatureValueKind.Missing ? kind : whenAllMissing == FeatureValueKind.Missing ? FeatureValueKind.Number : whenAllMissing;
    }

    public static IArrowType TypeOf(FeatureValueKind kind) => kind switch
    {
        FeatureValueKind.Text => StringType.Default,
        FeatureValueKind.Boolean => BooleanType.Default,
        FeatureValueKind.Time => new TimestampType(TimeUnit.Microsecond, "UTC"),
        _ => DoubleType.Default,
    };

    public static IArrowArray Build(FeatureValueKind kind, ReadOnlySpan<FeatureValue> values) => kind switch
    {
        FeatureValueKind.Text => Texts(values),
        FeatureValueKind.Boolean => Booleans(values),
        FeatureValueKind.Time => Times(values),
        _ => Numbers(values),
    };

    private static DoubleArray Numbers(ReadOnlySpan<FeatureValue> values)
    {
        var builder = new DoubleArray.Builder().Reserve(values.Length);
        foreach (var value in values)
        {
            _ = value.IsMissing ? builder.AppendNull() : builder.Append(value.AsNumber());
        }

        return builder.Build();
    }

    private static StringArray Texts(ReadOnlySpan<FeatureValue> values)
    {
        var builder = new StringArray.Builder().Reserve(values.Length);
        foreach (var value in values)
        {
            _ = value.AsText() is { } text ? builder.Append(text) : builder.AppendNull();
        }

        return builder.Build();
    }

    private static BooleanArray Booleans(ReadOnlySpan<FeatureValue> values)
    {
        var builder = new BooleanArray.Builder().Reserve(values.Length);
        foreach (var value in values)
        {
            _ = value.IsMissing ? builder.AppendNull() : builder.Append(value.AsBoolean());
        }

        return builder.Build();
    }

    private static TimestampArray Times(ReadOnlySpan<FeatureValue> values)
    {
        var builder = new TimestampArray.Builder(TimeUnit.Microsecond, "UTC").Reserve(values.Length);
        foreach (var value in values)
        {
            _ = value.IsMissing ? builder.AppendNull() : builder.Append(value.AsTime());
        }

        return builder.Build();
    }
}
