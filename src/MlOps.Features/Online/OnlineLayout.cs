namespace MlOps.Features.Online;

/// <summary>Where a view's columns stand in the values of its online rows: the features' columns in order, then the created column.</summary>
internal static class OnlineLayout
{
    public static List<string> ColumnsOf(FeatureView view)
    {
        var columns = view.Features.Select(feature => feature.Column).Distinct(StringComparer.Ordinal).ToList();
        if (view.CreatedColumn is { } created)
        {
            columns.Add(created);
        }

        return columns;
    }
}
