using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>Finds the columns that checks ask for.</summary>
internal static class CheckColumn
{
    /// <summary>A column by name.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: with the nearest name.</exception>
    public static Field Require(Schema schema, string column)
    {
        var index = schema.GetFieldIndex(column, StringComparer.Ordinal);
        if (index >= 0)
        {
            return schema.GetFieldByIndex(index);
        }

        var nearest = NearestName.Of(column, schema.FieldsList.Select(field => field.Name));
        throw new MlOpsException(ErrorCodes.ColumnNotFound, $"the data has no column '{column}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
    }

    /// <summary>A column by name that holds a kind of value.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static Field Require(Schema schema, string column, params ReadOnlySpan<ColumnKind> kinds)
    {
        var field = Require(schema, column);
        return kinds.Contains(ColumnReader.KindOf(field.DataType))
            ? field
            : throw new MlOpsException(ErrorCodes.ColumnType, $"the column is of type {field.DataType.Name}, a {string.Join(" or ", kinds.ToArray())} is needed");
    }
}
