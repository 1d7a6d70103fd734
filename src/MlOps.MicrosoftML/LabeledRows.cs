using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.MicrosoftML;

/// <summary>Reads labels as numbers, whatever type they have.</summary>
internal static class LabeledRows
{
    /// <summary>A function that reads the current row's label: 0 or 1 for a truth value; null when the type has no numeric reading.</summary>
    public static Func<double>? Label(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type == BooleanDataViewType.Instance)
        {
            var getter = row.GetGetter<bool>(column);
            bool value = default;
            return () =>
            {
                getter(ref value);
                return value ? 1 : 0;
            };
        }

        if (column.Type == NumberDataViewType.Single)
        {
            var getter = row.GetGetter<float>(column);
            float value = default;
            return () =>
            {
                getter(ref value);
                return value;
            };
        }

        return null;
    }
}
