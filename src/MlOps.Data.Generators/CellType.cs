using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary>How a property's type becomes a column.</summary>
/// <param name="Kind">What the cells hold.</param>
/// <param name="Cast">The type that the property is cast to, as <c>ColumnsBuilder</c> takes it; null for none.</param>
/// <param name="IsOptionalValue">Whether it is a value type with '?'.</param>
/// <param name="MayMiss">Whether the type says that a value may be missing.</param>
/// <param name="MayBeNaN">Whether a value that is there may be NaN, which counts as missing.</param>
/// <param name="IsSingle">Whether it is a number of single precision.</param>
internal sealed record CellType(CellKind Kind, string? Cast, bool IsOptionalValue, bool MayMiss, bool MayBeNaN, bool IsSingle = false)
{
    /// <summary>Reads a type; null when no column holds it.</summary>
    public static CellType? Of(IPropertySymbol property)
    {
        var type = property.Type;
        if (type.SpecialType == SpecialType.System_String)
        {
            return new CellType(CellKind.Text, null, false, property.NullableAnnotation != NullableAnnotation.NotAnnotated, false);
        }

        var isOptional = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var own = isOptional ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        var (kind, cast) = own.SpecialType switch
        {
            SpecialType.System_Double or SpecialType.System_Single => (CellKind.Number, (string?)null),
            SpecialType.System_Decimal => (CellKind.Number, "double"),
            SpecialType.System_Int64 or SpecialType.System_Int32 => (CellKind.Whole, null),
            SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_UInt16 => (CellKind.Whole, "int"),
            SpecialType.System_UInt32 => (CellKind.Whole, "long"),
            SpecialType.System_Boolean => (CellKind.Boolean, null),
            SpecialType.System_DateTime => (CellKind.Time, null),
            _ when own.ToDisplayString() == "System.DateTimeOffset" => (CellKind.Time, null),
            _ => ((CellKind)(-1), null),
        };
        return (int)kind < 0 ? null : new CellType(
            kind,
            cast,
            isOptional,
            isOptional,
            own.SpecialType is SpecialType.System_Double or SpecialType.System_Single,
            own.SpecialType is SpecialType.System_Single);
    }

    /// <summary>What a written number is beside a value: rounded to single precision where the value is of that, as of data sets.</summary>
    public double Beside(double written) => IsSingle && !float.IsInfinity((float)written) ? (float)written : written;
}
