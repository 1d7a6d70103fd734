namespace MlOps.Tracking;

/// <summary>The disk of the working directory.</summary>
internal sealed class DiskSource(string folder) : ISystemMetricSource
{
    public ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            if (drive.TotalSize is > 0 and var size)
            {
                values.Add(new("system/disk_usage_percentage", 100.0 * (size - drive.TotalFreeSpace) / size));
                values.Add(new("system/disk_usage_megabytes", (size - drive.TotalFreeSpace) / 1e6));
                values.Add(new("system/disk_available_megabytes", drive.AvailableFreeSpace / 1e6));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that does not answer is left out until it does.
        }

        return ValueTask.CompletedTask;
    }
}
