namespace MlOps.Storage;

/// <summary>An object in a blob store.</summary>
/// <param name="Hash">Its name.</param>
/// <param name="Length">Its size in bytes.</param>
public readonly record struct BlobInfo(ContentHash Hash, long Length);
