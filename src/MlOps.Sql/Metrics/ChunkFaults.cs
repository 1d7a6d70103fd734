namespace MlOps.Sql;

/// <summary>Reads chunks, and says which one cannot be read and why.</summary>
internal static class ChunkFaults
{
    public static void Read(long metric, long sequence, ReadOnlySpan<byte> chunk, PointList points)
    {
        if (MetricChunk.IsNewer(chunk))
        {
            throw new MlOpsException(
                ErrorCodes.WorkspaceNewer,
                $"Points of metric {metric} from event {sequence} on were written by a newer version of the SDK. "
                + "Update the MlOps packages.");
        }

        try
        {
            MetricChunk.Read(chunk, points);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(metric, sequence, error.Message, error);
        }
    }

    public static MlOpsException Damaged(long metric, long sequence, string reason, Exception? error) => new(
        ErrorCodes.StorageCorrupt,
        $"The piece of metric {metric} that begins with event {sequence} of its run is damaged: {reason}. "
        + "Restore the database from a backup; all other metrics can still be read.",
        error);
}
