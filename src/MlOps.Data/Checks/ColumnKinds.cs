using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>Sorts Arrow types into kinds.</summary>
internal static class ColumnKinds
{
    public static ColumnKind Of(IArrowType type) => type switch
    {
        _ when Cells.IsNumber(type) => ColumnKind.Number,
        _ when Cells.IsTime(type) => ColumnKind.Time,
        _ when Cells.IsText(type) => ColumnKind.Text,
        BooleanType => ColumnKind.Boolean,
        _ => ColumnKind.Other,
    };
}
